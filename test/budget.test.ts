import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { estate } from './bench/estate.ts';
import { externalServices, foreign, list } from './bench/lists.ts';
import { folder, service, useFolders } from './sandbox.ts';
import { grown } from './work.ts';

// What does not depend on the machine: sizes, files, calls. Times are for `npm run bench`.

const plugin = fileURLToPath(new URL('../../plugin/', import.meta.url));

useFolders();

test('what a render reads stays small', () => {
  const size = (file: string): number => statSync(join(plugin, file)).size;
  assert.ok(size('wayout') < 1_000);
  // The plan, every rule and the schemas; route tables, policies, most words, `yaml` and the validators would be 650 KB more.
  assert.ok(size('lib/main.cjs') < 195_000, `plugin/lib/main.cjs has ${size('lib/main.cjs')} bytes`);
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
  const plain = list([...foreign(2), ...externalServices(2, 0)]);
  const usual = ['wayout', 'lib/main.cjs', 'lib/main.cache'].sort();
  assert.deepEqual([...filesRead(plain)].sort(), usual);
  // Endpoints that are addresses.
  const addressed = list([...foreign(2), ...externalServices(2, 1)]);
  assert.deepEqual([...filesRead(addressed)].sort(), ['lib/ipaddr.cjs', 'lib/ipaddr.cache', ...usual].sort());
  // An anchor is beyond the plain style.
  assert.ok(filesRead(plain.replace('protocol: HTTP', 'protocol: &http HTTP')).includes('lib/parser.cjs'));
});

/** How many bytes a run decodes as UTF-8. */
function decoded(stdin: string): number {
  const spy = join(folder, 'decoded.cjs');
  writeFileSync(
    spy,
    `const { toString } = Buffer.prototype;
let bytes = 0;
Buffer.prototype.toString = function (encoding = 'utf8', start = 0, end = this.length) {
  if (encoding === 'utf8') bytes += end - start;
  return toString.call(this, encoding, start, end);
};
process.on('exit', () => require('node:fs').writeSync(2, String(bytes)));`,
  );
  const { stderr } = spawnSync(process.execPath, ['--require', spy, join(plugin, 'wayout'), 'krm'], {
    input: stdin,
    encoding: 'utf8',
  });
  return Number(stderr);
}

test('what is not ours is not decoded, however much there is', () => {
  const ours = externalServices(2, 1);
  const few = decoded(list([...foreign(2), ...ours]));
  assert.ok(few > 0);
  assert.equal(decoded(list([...foreign(200), ...ours])), few);
});

test('ten times the list is ten times the work, in every function', () => {
  const [few, many] = [100, 1_000].map(count => list([...foreign(count), ...estate(count)]));
  assert.deepEqual(grown(few ?? '', many ?? '', ['krm']), []);
});

test('so it is with a guard, where hosts are closed', () => {
  const guarded = (count: number): string => list([...foreign(count), ...estate(count), guard]);
  assert.deepEqual(grown(guarded(100), guarded(1_000), ['krm']), []);
});

test('so it is where each neighbour is of a kind of its own', () => {
  const kinds = (count: number): string =>
    list(
      externalServices(count, 0).flatMap((text, index) => [
        ...['A', 'B'].map(each => `apiVersion: example.com/v1\nkind: ${each}${index}\nmetadata:\n  name: other\n`),
        text,
      ]),
    );
  assert.deepEqual(grown(kinds(100), kinds(1_000), ['krm']), []);
});

const guard = `apiVersion: wayout.dev/v1alpha1
kind: EgressConfig
metadata:
  name: wayout
spec:
  outboundTrafficPolicy: REGISTRY_ONLY
  syncWaves: true
  guard:
    clusterRanges:
    - 10.0.0.0/8
`;

const pay = service('api.example.com');
const numbered = (count: number, line: (number: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(1_000 + index)).join('');
const texts: readonly { readonly shows: string; readonly text: (count: number) => string }[] = [
  {
    shows: 'ports',
    text: count =>
      pay.replace(
        / {2}- name: https.*$/s,
        numbered(count, n => `  - {name: p${n}, number: ${n}, protocol: HTTP}\n`),
      ),
  },
  {
    shows: 'hosts',
    text: count =>
      pay.replace(
        '  - api.example.com\n',
        numbered(count, n => `  - h${n}.example.com\n`),
      ),
  },
  { shows: 'blank lines and comments', text: count => `${'  \n# a\n'.repeat(count)}${pay}` },
  { shows: 'empty documents', text: count => `${'---\n'.repeat(count)}${pay}` },
  { shows: 'words that could be kinds', text: count => `${pay}---\na: "${'kind: !a '.repeat(count)}"\n` },
];

// From 500 brackets on, a text is lexed once more.
for (const { shows, text } of texts) {
  test(`ten times the ${shows} are ten times the work, in every function`, () => {
    assert.deepEqual(grown(text(600), text(6_000), ['render', '-']), []);
  });
}
