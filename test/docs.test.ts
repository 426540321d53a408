import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { blocksOf, check, documents, needsKustomize, shownIn } from './console.ts';

// Every command of the documents is run, and its output compared. Those that need kustomize run in test/e2e.
for (const shown of documents.flatMap(shownIn).filter(shown => !needsKustomize(shown))) {
  test(`${shown.file}:${shown.line} shows the output of: ${shown.command}`, () => check(shown));
}

test('the README shows the demo and a mistake', () => {
  const commands = shownIn('README.md').map(({ command }) => command);
  assert.ok(commands.includes('npm install && npm run demo'), commands.join('\n'));
  assert.match(shownIn('README.md')[1]?.output ?? '', /error\[WO/);
});

test('no command is shown that no test runs, but for these', () => {
  const unrun = documents.flatMap(blocksOf).filter(({ language }) => /^(sh|bash|shell|)$/.test(language));
  assert.deepEqual(
    unrun.map(({ text }) => text),
    ['npm install && npm test\n', "kpt fn eval PACKAGE --exec 'wayout krm' --fn-config egress.yaml\n"],
  );
});

test('every link to a file leads somewhere', () => {
  const root = join(import.meta.dirname, '../..');
  for (const file of documents) {
    const links = [...readFileSync(join(root, file), 'utf8').matchAll(/\]\((?!https?:)([^)#]+)/g)];
    for (const [, link = ''] of links) assert.ok(existsSync(join(root, dirname(file), link)), `${file}: ${link}`);
  }
});
