import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { codes as codesOf } from '../src/diagnostics/catalog.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string): string => (existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : '');
const codes: readonly string[] = codesOf();

const shown = new Set(
  readdirSync(join(root, 'test/cases')).flatMap(
    name => read(`test/cases/${name}/diagnostics.txt`).match(/WO\d{4}(?=[\])])/g) ?? [],
  ),
);

/** Codes that no folder can show: file systems, other commands, texts that no editor should be given. */
const elsewhere: Readonly<Record<string, { readonly test: string }>> = JSON.parse(
  read('test/codes-without-a-case.json'),
);

test('codes stand in order, and none twice', () => {
  assert.deepEqual(codes, codes.toSorted());
  const written = readdirSync(join(root, 'src/diagnostics/catalog')).flatMap(
    file => read(`src/diagnostics/catalog/${file}`).match(/^ {2}WO\d+(?=:)/gm) ?? [],
  );
  assert.deepEqual(written.map(code => code.trim()).sort(), codes);
});

for (const code of codes) {
  test(`${code} is shown by a case, or by a test that is named`, () => {
    const named = elsewhere[code];
    if (named === undefined) assert.ok(shown.has(code), `no diagnostics.txt in test/cases has ${code}`);
    else assert.ok(!shown.has(code) && read(named.test).includes(code), `${named.test} alone shows ${code}`);
  });
}

test('no code is named that the catalog does not have', () => {
  assert.deepEqual(
    [...shown, ...Object.keys(elsewhere)].filter(code => !codes.includes(code)),
    [],
  );
});

test('docs/diagnostics.md has a section for each code, and is what npm run docs writes', () => {
  const page = read('docs/diagnostics.md');
  assert.deepEqual(page.match(/(?<=^### )WO\d+/gm), codes);
  const { status, stderr } = spawnSync(process.execPath, ['scripts/diagnostics-docs.mjs', '--check'], {
    cwd: root,
    encoding: 'utf8',
  });
  assert.equal(status, 0, `docs/diagnostics.md is stale: npm run docs\n${stderr}`);
});
