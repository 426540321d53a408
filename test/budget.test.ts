import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { estate, externalServices, foreign, list } from './bench/lists.ts';
import { folder, useFolders } from './sandbox.ts';

// What does not depend on the machine: sizes, files, calls. Times are for `npm run bench`.

const plugin = fileURLToPath(new URL('../../plugin/', import.meta.url));

useFolders();

test('what a render reads stays small', () => {
  const size = (file: string): number => statSync(join(plugin, file)).size;
  assert.ok(size('wayout') < 1_000);
  // The plan, every kind, every rule and the words of every diagnostic; `yaml` and the validators would be 430 KB more.
  assert.ok(size('lib/main.cjs') < 320_000, `plugin/lib/main.cjs has ${size('lib/main.cjs')} bytes`);
});

/** The files of plugin/ that a run reads, in their order. */
function filesRead(stdin: string): readonly string[] {
  const spy = join(folder, 'spy.cjs');
  writeFileSync(
    spy,
    `const fs = require('node:fs');
const read = fs.readFileSync;
const files = [];
fs.readFileSync = (file, ...rest) => (files.push(String(file)), read(file, ...rest));
process.on('exit', () => fs.writeSync(2, JSON.stringify(files)));`,
  );
  const { stderr } = spawnSync(process.execPath, ['--require', spy, join(plugin, 'wayout'), 'krm'], {
    input: stdin,
    encoding: 'utf8',
  });
  const files = JSON.parse(stderr.slice(stderr.lastIndexOf('['))) as readonly string[];
  return files.filter(file => file.startsWith(plugin)).map(file => file.slice(plugin.length));
}

test('a plain list needs neither `yaml` nor a validator, nor anything else on demand', () => {
  const plain = list([...foreign(2), ...externalServices(2, 1)]);
  const usual = ['wayout', 'lib/main.cjs', 'lib/main.cache'].sort();
  assert.deepEqual([...filesRead(plain)].sort(), usual);
  // An anchor is beyond the plain style.
  assert.ok(filesRead(plain.replace('protocol: HTTP', 'protocol: &http HTTP')).includes('lib/parser.cjs'));
});

/** How often each function, and each loop and branch in it, ran while a list was rendered: as V8 counts it for coverage. */
function counted(text: string): ReadonlyMap<string, number> {
  const counts = join(folder, 'counts');
  rmSync(counts, { recursive: true, force: true });
  const script = `import { krm } from ${JSON.stringify(new URL('../src/commands/krm.js', import.meta.url))};
import { readFileSync } from 'node:fs';
const ignore = () => undefined;
process.exitCode = krm({ validate: false }, { stdin: () => readFileSync(0), stdout: ignore, stderr: ignore });`;
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    input: text,
    encoding: 'utf8',
    env: { ...process.env, NODE_V8_COVERAGE: counts },
  });
  assert.equal(status, 0, stderr);
  const [file = ''] = readdirSync(counts);
  const { result } = JSON.parse(readFileSync(join(counts, file), 'utf8')) as Coverage;
  return new Map(
    result
      .filter(({ url }) => url.includes('/dist/src/') || url.includes('/node_modules/'))
      .flatMap(({ url, functions }) =>
        functions.flatMap(({ functionName, ranges }) =>
          ranges.map(({ count, startOffset }): [string, number] => [
            `${url.slice(url.lastIndexOf('/') + 1)} ${functionName} ${startOffset}`,
            count,
          ]),
        ),
      ),
  );
}

/** What Node writes to NODE_V8_COVERAGE. */
interface Coverage {
  readonly result: readonly {
    readonly url: string;
    readonly functions: readonly {
      readonly functionName: string;
      readonly ranges: readonly { readonly count: number; readonly startOffset: number }[];
    }[];
  }[];
}

test('ten times the list is ten times the work, in every function', () => {
  const few = counted(list([...foreign(60), ...estate(60)]));
  const many = counted(list([...foreign(600), ...estate(600)]));
  // What runs seldom may grow from nothing.
  const grown = [...many].filter(([place, count]) => count > 10.5 * Math.max(few.get(place) ?? 0, 300));
  assert.deepEqual(grown, []);
});
