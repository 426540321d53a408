import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Path, Report } from '../src/diagnostics/report.ts';
import { splitList } from '../src/yaml/list.ts';
import { opened, type Slice } from '../src/yaml/slice.ts';
import { locate, mentions, parse } from '../src/yaml/source.ts';
import { splitDocuments } from '../src/yaml/split.ts';

const slice = (text: string): Slice => ({ text, form: 'document', line: 1, column: 1, index: 0 });

const values: readonly { readonly shows: string; readonly text: string; readonly value: unknown }[] = [
  { shows: 'YAML 1.2 words', text: 'a: yes\nb: 0777\nc: 2020-01-01\n', value: { a: 'yes', b: 777, c: '2020-01-01' } },
  { shows: 'merge keys', text: 'a: &a {x: 1}\nb: {<<: *a, y: 2}\n', value: { a: { x: 1 }, b: { x: 1, y: 2 } } },
  { shows: 'carriage returns', text: 'a: |\r\n  x\r\n  y\r\nb: 1\r\n', value: { a: 'x\ny\n', b: 1 } },
  { shows: 'JSON', text: '{"a": "\\u0062"}', value: { a: 'b' } },
  {
    shows: 'a thousand aliases',
    text: `a: &a {x: 1}\nb: [${'*a,'.repeat(1000)}]\n`,
    value: { a: { x: 1 }, b: Array(1000).fill({ x: 1 }) },
  },
  { shows: 'an odd key', text: 'constructor: 1\n', value: { constructor: 1 } },
];

for (const { shows, text, value } of values) {
  test(`parse: ${shows}`, () => {
    const report = new Report();
    assert.deepEqual(parse(slice(text), report), value);
    assert.deepEqual(report.diagnostics, []);
  });
}

test('parse: a key named __proto__ is a key like others', () => {
  for (const text of [
    '__proto__: {polluted: 1}\n',
    'a: &a {__proto__: {polluted: 1}}\n<<: *a\n',
    '{"__proto__": {"polluted": 1}}',
  ]) {
    const value = parse(slice(text), new Report());
    assert.ok(value !== null && typeof value === 'object' && Object.hasOwn(value, '__proto__'));
    assert.equal(Object.getPrototypeOf(value), Object.prototype);
    assert.equal('polluted' in {}, false);
  }
});

const bomb = [
  'a: &a [x, x]',
  ...[...'bcdefghijklmnopqrstuvwxyz'].map(
    (name, index) => `${name}: &${name} [${`*${'abcdefghijklmnopqrstuvwxyz'[index]},`.repeat(10)}]`,
  ),
].join('\n');

const mistakes: readonly {
  readonly shows: string;
  readonly text: string;
  readonly code: string;
  readonly says: string;
  readonly at?: readonly [number, number];
}[] = [
  { shows: 'a tab', text: 'a:\n\tb: 1\n', code: 'WO1002', says: 'tab', at: [2, 1] },
  { shows: 'a quote left open', text: 'a: 1\nb: "x\n', code: 'WO1003', says: 'quote', at: [3, 1] },
  { shows: 'a bracket left open', text: 'a: [1, 2', code: 'WO1003', says: ']', at: [1, 9] },
  { shows: 'a key twice', text: 'a:\n  name: 1\n  "name": 2\n', code: 'WO1004', says: '"name"', at: [3, 3] },
  { shows: 'an unknown tag', text: 'a: !secret x\n', code: 'WO1005', says: '!secret', at: [1, 4] },
  { shows: 'an alias bomb', text: bomb, code: 'WO1007', says: 'far more' },
  { shows: 'no anchor', text: 'a: *nobody\n', code: 'WO1008', says: '*nobody', at: [1, 4] },
  { shows: 'an anchor around its alias', text: 'a: &a [*a]\n', code: 'WO1008', says: '*' },
  { shows: 'bad indentation', text: 'a:\n  b: 1\n c: 2\n', code: 'WO1009', says: 'not valid YAML', at: [3, 1] },
  { shows: 'deep brackets', text: `a: ${'['.repeat(10_000)}`, code: 'WO1006', says: '500' },
  { shows: 'brackets one level too deep', text: `${'['.repeat(501)}${']'.repeat(501)}`, code: 'WO1006', says: '500' },
  { shows: 'deep braces that close', text: '{a: '.repeat(10_000) + '}'.repeat(10_000), code: 'WO1006', says: '500' },
  { shows: 'depth behind closing text', text: '["]", '.repeat(10_000), code: 'WO1006', says: '500' },
  { shows: 'dashes one level too deep', text: `${'- '.repeat(501)}x`, code: 'WO1006', says: '500' },
  { shows: 'deep dashes', text: `${'- '.repeat(10_000)}x`, code: 'WO1006', says: '500' },
  {
    shows: 'deep lines',
    text: Array.from({ length: 10_000 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join(''),
    code: 'WO1006',
    says: '500',
  },
];

for (const { shows, text, code, says, at } of mistakes) {
  test(`mistake: ${shows}`, () => {
    const report = new Report();
    assert.equal(parse(slice(text), report), undefined);
    const [found, ...more] = report.diagnostics;
    assert.deepEqual([found?.code, more.length], [code, 0]);
    assert.ok(found?.message.includes(says), found?.message);
    if (at !== undefined) assert.deepEqual(found?.where?.position, { line: at[0], column: at[1] });
  });
}

test('brackets in text do not nest', () => {
  const value = { a: '['.repeat(1000), b: `x ${'{'.repeat(1000)}`, c: `${'['.repeat(1000)}\n` };
  const text = `a: "${value.a}"\nb: ${value.b}\nc: |\n  ${value.c}`;
  assert.deepEqual(parse(slice(text), new Report()), value);
});

const list = `apiVersion: config.kubernetes.io/v1
kind: ResourceList
items:
  # note
  - kind: A
    spec:
      ports: [{number: 80}, {number: 443}]
  -   kind: B
      base: &base {x: 1}
      use: *base
functionConfig: {spec: {cluster: one}}
`;

const places: readonly { readonly item: number; readonly path: Path; readonly at: readonly [number, number] }[] = [
  { item: 0, path: [], at: [5, 5] },
  { item: 0, path: ['kind'], at: [5, 11] },
  { item: 0, path: ['spec', 'ports', 1, 'number'], at: [7, 38] },
  { item: 0, path: ['spec', 'ports', 1, 'name'], at: [7, 29] },
  { item: 0, path: ['spec', 'hosts', 0], at: [7, 7] },
  { item: 1, path: ['kind'], at: [8, 13] },
  { item: 1, path: ['use', 'x'], at: [9, 23] },
  { item: 2, path: ['spec', 'cluster'], at: [11, 34] },
];

for (const { item, path, at } of places) {
  test(`locate: ${item} ${path.join('.')}`, () => {
    const split = splitList(Buffer.from(list), new Report());
    const items = split?.items.flatMap(opened) ?? [];
    const found = [...items, ...(split?.functionConfig ? [split.functionConfig] : [])][item];
    assert.ok(found);
    assert.deepEqual(locate(found, path), { line: at[0], column: at[1] });
  });
}

test('locate counts from the file, not from the document', () => {
  const [, second] = splitDocuments('a: 1\n--- {b: {c: 2}}\n', new Report(), 'x.yaml');
  assert.ok(second);
  assert.deepEqual(locate(second, ['b', 'c']), { line: 2, column: 13 });
});

test('mentions is true for a word that is written or may be hidden', () => {
  const words = ['gloo.solo.io', 'wayout.dev'];
  const says = (text: string): boolean => mentions({ text }, words);
  assert.ok(says('apiVersion: networking.gloo.solo.io/v2'));
  assert.ok(says('apiVersion: "networking.gl\\u006fo.solo.io/v2"'));
  assert.ok(says('apiVersion: "networking.gl\\x6fo.solo.io/v2"'));
  assert.ok(says('apiVersion: "networking.gloo.\\\n  solo.io/v2"'));
  assert.ok(!says('apiVersion: "apps/v1\\n"'));
});
