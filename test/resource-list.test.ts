import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Report } from '../src/diagnostics/report.ts';
import type { Generated } from '../src/emit.ts';
import { placeOf } from '../src/io/places.ts';
import { type ResourceList, readResourceList } from '../src/io/resource-list.ts';
import type { Resource } from '../src/k8s/resource.ts';
import { cutByLines } from '../src/yaml/cut-lines.ts';
import { opened, type Slice } from '../src/yaml/slice.ts';
import { parse } from '../src/yaml/source.ts';
import { ensureSoon } from './work.ts';

const head = 'apiVersion: config.kubernetes.io/v1\nkind: ResourceList\n';

function read(text: string): ResourceList {
  const report = new Report();
  const list = readResourceList(new TextEncoder().encode(text), report);
  assert.deepEqual(report.diagnostics, []);
  assert.ok(list);
  return list;
}

const lists: readonly {
  readonly shows: string;
  readonly text: string;
  readonly slices: readonly string[];
  readonly lines: boolean;
}[] = [
  {
    shows: 'dashes in column 0',
    text: `${head}items:\n- a: 1\n- b: 2\n`,
    slices: ['- a: 1\n', '- b: 2\n'],
    lines: true,
  },
  {
    shows: 'deeper dashes',
    text: `${head}items:\n  - a: 1\n    b:\n    - 2\n  - c: 3\n`,
    slices: ['  - a: 1\n    b:\n    - 2\n', '  - c: 3\n'],
    lines: true,
  },
  {
    shows: 'no line end at the end',
    text: `${head}items:\n- a: 1\n- b: 2`,
    slices: ['- a: 1\n', '- b: 2'],
    lines: true,
  },
  {
    shows: 'block text that looks like items',
    text: `${head}items:\n- a: |\n    - x\n    items:\n   \n- b: |-\n   ---\n`,
    slices: ['- a: |\n    - x\n    items:\n   \n', '- b: |-\n   ---\n'],
    lines: true,
  },
  {
    shows: 'comments above an item go with it',
    text: `${head}items:\n# one\n# two\n- a: 1\n\n# three\n- b: 2\n# end\nfunctionConfig: {}\n`,
    slices: ['# one\n# two\n- a: 1\n\n', '# three\n- b: 2\n'],
    lines: true,
  },
  {
    shows: 'block text that looks like a comment stays with its item',
    text: `${head}items:\n- a: |\n    # x\n- b: |\n   # y\nfunctionConfig: {}\n`,
    slices: ['- a: |\n    # x\n', '- b: |\n   # y\n'],
    lines: true,
  },
  {
    shows: 'comments between deeper dashes',
    text: `${head}items:\n  - a: 1\n# one\n  # two\n  - b: 2\n`,
    slices: ['  - a: 1\n', '# one\n  # two\n  - b: 2\n'],
    lines: true,
  },
  {
    shows: 'a carriage return alone',
    text: `${head}items:\n- a: "x\r- y"\n`,
    slices: ['- a: "x\r- y"\n'],
    lines: false,
  },
  {
    shows: 'carriage returns',
    text: `${head}items:\n- a: 1\n# b\n- b: 2\n`.replaceAll('\n', '\r\n'),
    slices: ['- a: 1\r\n', '# b\r\n- b: 2\r\n'],
    lines: true,
  },
  {
    shows: 'a dash alone on its line',
    text: `${head}items:\n-\n  a: 1\n- b: 2\n`,
    slices: ['-\n  a: 1\n', '- b: 2\n'],
    lines: true,
  },
  {
    shows: 'a separator that ends no line',
    text: `${head}items:\n- a: "x\u2028- y"\n`,
    slices: ['- a: "x\u2028- y"\n'],
    lines: true,
  },
  {
    shows: 'anchors within an item',
    text: `${head}items:\n- a: &a 1\n  b: *a\n- "*a": 2\n`,
    slices: ['- a: &a 1\n  b: *a\n', '- "*a": 2\n'],
    lines: true,
  },
  {
    shows: 'an alias of another item',
    text: `${head}items:\n- a: &a {x: yes}\n- b: *a # c\n- c: 1 # c\n`,
    slices: ['- a: &a {x: yes}\n', '- b: {x: yes} # c\n', '- c: 1 # c\n'],
    lines: false,
  },
  {
    shows: 'a merge of another item',
    text: `${head}items:\n - &a\n   x: 12345678901234567890\n - <<: *a\n   y: 0x10\n`,
    slices: [' - &a\n   x: 12345678901234567890\n', ' - <<: {x: 12345678901234567890}\n   y: 0x10\n'],
    lines: false,
  },
  {
    shows: 'a flow list',
    text: `${head}items: [{a: 1}, # x\n  {b: "]"},]\n`,
    slices: ['{a: 1}', '{b: "]"}'],
    lines: false,
  },
  {
    shows: 'a flow list with an alias',
    text: `${head}items: [&a {a: [1]}, *a]\n`,
    slices: ['&a {a: [1]}', '{a: [1]}'],
    lines: false,
  },
  {
    shows: 'a flow list of pairs without braces',
    text: `${head}items: [a: {x: 1}, ? b : 2]\n`,
    slices: ['{a: {x: 1}}', '{? b : 2}'],
    lines: false,
  },
  {
    shows: 'a list with an anchor',
    text: `${head}items: &all # all\n# one\n- a: 1\n- b: 2\n`,
    slices: ['# one\n- a: 1\n', '- b: 2\n'],
    lines: false,
  },
  {
    shows: 'a list with a tag above it',
    text: `${head}!!str items:\n  !!seq\n- a: 1\n`,
    slices: ['- a: 1\n'],
    lines: false,
  },
  {
    shows: 'a flow mapping',
    text: "{kind: ResourceList, 'apiVersion': config.kubernetes.io/v1, items: [{a: 1}]}",
    slices: ['{a: 1}'],
    lines: false,
  },
  {
    shows: 'JSON',
    text: '{"apiVersion": "config.kubernetes.io/v1beta1", "items": [{"a": "\\"}],"}, {"b": [{}]}\n], "kind": "ResourceList"}',
    slices: ['{"a": "\\"}],"}', '{"b": [{}]}'],
    lines: false,
  },
  {
    shows: 'a list at the end of a marked document',
    text: `%YAML 1.2\n---\n${head}items:\n- a: 1\n...\n`,
    slices: ['- a: 1\n'],
    lines: false,
  },
  {
    shows: 'a mapping that does not begin in column 0',
    text: ' kind: ResourceList\n apiVersion: config.kubernetes.io/v1\n items:\n # one\n - a: 1\n',
    slices: [' # one\n - a: 1\n'],
    lines: false,
  },
  { shows: 'null items', text: `${head}items:\n`, slices: [], lines: true },
  { shows: 'an empty list', text: `${head}items: []\n`, slices: [], lines: false },
];

for (const { shows, text, slices, lines } of lists) {
  test(`list: ${shows}`, () => {
    const list = read(text);
    assert.deepEqual(
      list.slices.flatMap(opened).map(slice => slice.text),
      slices,
    );
    assert.equal(cutByLines(Buffer.from(text)) !== undefined, lines, 'cut by lines');
    const again = read([...list.write(list.slices, [])].join(''));
    assert.deepEqual(
      again.slices.flatMap(opened).map(slice => slice.text.trimEnd()),
      slices.map(slice => slice.trimEnd()),
    );
  });
}

const refused: readonly { readonly shows: string; readonly text: string; readonly code: string }[] = [
  { shows: 'nothing', text: '', code: 'WO1010' },
  { shows: 'a plain manifest', text: 'apiVersion: v1\nkind: Service\nmetadata: {name: a}\n', code: 'WO1010' },
  { shows: 'a ResourceList of another group', text: 'apiVersion: v1\nkind: ResourceList\nitems: []\n', code: 'WO1010' },
  { shows: 'another kind', text: 'apiVersion: config.kubernetes.io/v1\nkind: Other\nitems: []\n', code: 'WO1010' },
  { shows: 'two documents', text: `${head}---\n${head}`, code: 'WO1010' },
  { shows: 'a word', text: 'ResourceList', code: 'WO1010' },
  { shows: 'items that are a mapping', text: `${head}items:\n  a: 1\n`, code: 'WO1011' },
  {
    shows: 'a dash below a key that has a value',
    text: 'kind: ResourceList\n- a: 1\napiVersion: config.kubernetes.io/v1\nitems:\n- b: 2\n',
    code: 'WO1009',
  },
  { shows: 'an item that is text', text: `${head}items: [{a: 1}, b]\n`, code: 'WO1011' },
  { shows: 'an explicit key with its list beside it', text: `${head}? items\n: - a: 1\n`, code: 'WO1011' },
  { shows: 'items twice', text: `${head}items:\n- a: 1\nitems:\n- b: 2\n`, code: 'WO1004' },
  {
    shows: 'items twice in JSON',
    text: '{"kind": "ResourceList", "apiVersion": "config.kubernetes.io/v1", "items": [], "items": []}',
    code: 'WO1004',
  },
  { shows: 'JSON that ends too early', text: '{"kind": "ResourceList", "items": [{"a": ', code: 'WO1003' },
  { shows: 'depth', text: `${head}items: ${'['.repeat(10_000)}`, code: 'WO1006' },
  {
    shows: 'an alias bomb across items',
    text: `${head}items:\n- &a [x, x]\n${[...'bcdefghijklm'].map((name, at) => `- &${name} [${`*${'abcdefghijklm'[at]},`.repeat(10)}]\n`).join('')}`,
    code: 'WO1007',
  },
  {
    shows: 'an anchor around its alias',
    text: `${head}items:\n- a: &a\n    b: 1\n- c: &c {d: *c, e: *a}\n`,
    code: 'WO1008',
  },
];

for (const { shows, text, code } of refused) {
  test(`no list: ${shows}`, () => {
    const report = new Report();
    assert.equal(readResourceList(new TextEncoder().encode(text), report), undefined);
    assert.deepEqual(
      report.diagnostics.map(found => found.code),
      [code],
    );
  });
}

test('functionConfig is a slice that parses, and stays as it came', () => {
  for (const [text, value] of [
    [`${head}items: []\nfunctionConfig: # mine\n  a:  1\n`, { a: 1 }],
    [`${head}items: []\nfunctionConfig: {a:  1}\n`, { a: 1 }],
    [
      '{"apiVersion": "config.kubernetes.io/v1", "kind": "ResourceList", "functionConfig": {"a":  1}, "items": []}',
      { a: 1 },
    ],
    [`${head}items:\n- x: &x {a:  1}\nfunctionConfig: *x\n`, { a: 1 }],
    [`${head}items: []\nfunctionConfig: null # none\n`, undefined],
    [`${head}items: []\n`, undefined],
  ] as const) {
    const list = read(text);
    assert.deepEqual(list.functionConfig && parse(list.functionConfig, new Report()), value);
    const again = read([...list.write(list.slices, [])].join(''));
    assert.equal(again.functionConfig?.text.trim(), list.functionConfig?.text.trim());
  }
});

const namespace = (name: string, annotations?: Readonly<Record<string, string>>): Resource => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, ...(annotations && { annotations }) },
});

const made = (
  name: string,
  slice: Slice,
  annotations: Readonly<Record<string, string>>,
  own?: Readonly<Record<string, string>>,
): Generated => ({
  resource: namespace(name, own),
  from: { slice, resource: namespace('source', annotations) },
});

const styles: readonly { readonly shows: string; readonly text: string; readonly written: string }[] = [
  {
    shows: 'block',
    text: `# top\n${head}results:\n- message: old\nitems:\n  # one\n  - a:   1\nfunctionConfig: {b:   2}\n`,
    written: `# top\n${head}items:\n  # one\n  - a:   1\n  - apiVersion: v1\n    kind: Namespace\n    metadata:\n      name: new\nfunctionConfig: {b:   2}\nresults:\n- message: "on"\n`,
  },
  {
    shows: 'a flow list in a block mapping',
    text: `${head}items: [{a:   1}]\n`,
    written: `${head}items: [\n {a:   1},\n {"apiVersion":"v1","kind":"Namespace","metadata":{"name":"new"}}\n ]\nresults:\n- message: "on"\n`,
  },
  {
    shows: 'JSON',
    text: '{"apiVersion": "config.kubernetes.io/v1", "kind": "ResourceList", "items": [{"a":   1}], "functionConfig": {"b":   2}}',
    written:
      '{"apiVersion": "config.kubernetes.io/v1",\n"kind": "ResourceList",\n"items": [\n{"a":   1},\n{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"new"}}\n],\n"functionConfig": {"b":   2},\n"results": [{"message":"on"}]}\n',
  },
];

for (const { shows, text, written } of styles) {
  test(`write: ${shows}`, () => {
    const list = read(text);
    const [slice] = list.slices;
    assert.ok(slice);
    assert.equal([...list.write([slice, made('new', slice, {})], [{ message: 'on' }])].join(''), written);
  });
}

test('write: comments and the spelling of the other keys stay', () => {
  const text = `# top\n\n"kind": ResourceList\napiVersion: config.kubernetes.io/v1\n# list\nitems: # of\n- a: 1\n# end\nother: x\n`;
  const list = read(text);
  assert.equal([...list.write(list.slices, [])].join(''), text);
  assert.equal([...list.write([], [])].join(''), text.replace('items: # of\n- a: 1\n', 'items: []\n'));
});

test('write: no items is an empty list', () => {
  assert.equal([...read(`${head}items:\n- a: 1\n`).write([], [])].join(''), `${head}items: []\n`);
  assert.equal([...read(`${head}items:\n`).write([], [])].join(''), `${head}items: []\n`);
});

test('write: an item of another list takes the style of this one', () => {
  const [other] = read(`${head}items:\n- a:\n    b: 1\n`).slices;
  assert.ok(other);
  assert.equal(
    [...read(`${head}items:\n  - c: 1\n`).write([other], [])].join(''),
    `${head}items:\n  - a:\n      b: 1\n`,
  );
  assert.equal(
    [...read(`${head}items: [{c: 1}]\n`).write([other], [])].join(''),
    `${head}items: [\n {a: {b: 1}}\n ]\n`,
  );
});

const internal = (path: string, index: string) => ({
  'internal.config.kubernetes.io/path': path,
  'internal.config.kubernetes.io/index': index,
});

test('a generated item gets a file beside its source, at a free index', () => {
  const list = read(
    `${head}items:\n- metadata:\n    annotations:\n      config.kubernetes.io/path: a/b.istio.yaml\n      config.kubernetes.io/index: '1'\n`,
  );
  const [slice] = list.slices;
  assert.ok(slice);
  assert.deepEqual(placeOf(slice), { path: 'a/b.istio.yaml', index: 1 });
  const items = [
    made('one', slice, internal('a/b.yaml', '4')),
    made('two', slice, { ...internal('a/b.yaml', '5'), 'config.kubernetes.io/path': 'other.yaml' }),
    slice,
    made('three', slice, { 'config.kubernetes.io/path': 'c.yml' }),
    made('four', slice, {}),
    made('five', slice, internal('a/b.yaml', '6'), internal('c.istio.yaml', '0')),
    made('six', slice, internal('d', '0')),
  ];
  const places = read([...list.write(items, [])].join(''))
    .slices.flatMap(opened)
    .map(placeOf);
  assert.deepEqual(places, [
    { path: 'a/b.istio.yaml', index: 0 },
    { path: 'a/b.istio.yaml', index: 2 },
    { path: 'a/b.istio.yaml', index: 1 },
    { path: 'c.istio.yaml', index: 1 },
    undefined,
    { path: 'c.istio.yaml', index: 0 },
    { path: 'd.istio.yaml', index: 0 },
  ]);
});

test('a list of 50 MB is cut within seconds, in every style', () => {
  const text = '  x: "[{- "\n  y: &z text\n  # - note\n  z: |\n    - looks like an item '.padEnd(260, 'text ');
  const items = Array.from({ length: 200_000 }, (_, index) => `- kind: A\n${text}\n  name: n${index}\n`);
  const json = JSON.stringify({
    apiVersion: 'config.kubernetes.io/v1',
    kind: 'ResourceList',
    items: items.map(item => ({ item })),
  });
  for (const big of [`${head}items:\n${items.join('')}`, json]) {
    const bytes = new TextEncoder().encode(big);
    assert.ok(bytes.length > 50_000_000);
    const report = new Report();
    const start = process.cpuUsage();
    const list = readResourceList(bytes, report);
    assert.equal(list?.slices.flatMap(opened).length, items.length);
    ensureSoon(start);
  }
});
