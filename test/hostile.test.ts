import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runOn } from './folder.ts';
import { service } from './sandbox.ts';
import { ensureSoon } from './work.ts';

const pay = service('api.example.com');
const resourceList = (items: string): string =>
  `apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems:\n${items}`;
const withField = (field: string): string => `${pay}  selector: ${field}\n`;
const levels = 10_000;
const letters = [...'abcdefghijklmnopqrst'];
const bomb = letters
  .map((name, index) => `  ${name}: &${name} ${index === 0 ? '[x]' : `[${`*${letters[index - 1]}, `.repeat(9)}]`}\n`)
  .join('');
const ports = Array.from(
  { length: 10_000 },
  (_, index) => `  - {name: p${index}, number: ${index + 1}, protocol: HTTP}\n`,
).join('');
const hosts = Array.from({ length: 10_000 }, (_, index) => `  - h${index}.example.com\n`).join('');

const hostile: readonly {
  readonly shows: string;
  readonly input: string | Uint8Array;
  readonly code: string | undefined;
  readonly krm?: true;
}[] = [
  { shows: 'UTF-16', input: Buffer.from(`\uFEFF${pay}`, 'utf16le'), code: 'WO1001' },
  { shows: 'Latin-1', input: Buffer.from(`# caf\u00e9\n${pay}`, 'latin1'), code: 'WO1001' },
  {
    shows: 'bytes of an image',
    input: Uint8Array.from({ length: 100_000 }, (_, index) => (index * 7919) % 256),
    code: 'WO1001',
  },
  {
    shows: 'an expression of 100,000 groups in one another, below a prefix',
    input: `${pay}---
apiVersion: networking.gloo.solo.io/v2
kind: RouteTable
metadata: {name: root, namespace: shop}
spec:
  hosts: [shop.example.com]
  http: [{matchers: [{uri: {prefix: /a}}], delegate: {routeTables: [{name: leaf, namespace: shop}]}}]
---
apiVersion: networking.gloo.solo.io/v2
kind: RouteTable
metadata: {name: leaf, namespace: shop}
spec:
  defaultDestination: {kind: EXTERNAL_SERVICE, ref: {name: pay}}
  http: [{matchers: [{uri: {regex: '/a${'('.repeat(100_000)}b${')'.repeat(100_000)}'}}], forwardTo: {}}]
`,
    code: 'WO1340',
  },
  {
    shows: 'a pattern that divides a name in many ways',
    input: `${pay}---
apiVersion: v1
kind: Namespace
metadata: {name: ${'a'.repeat(63)}}
---
apiVersion: admin.gloo.solo.io/v2
kind: Workspace
metadata: {name: shop, namespace: gloo}
spec: {workloadClusters: [{name: '*', namespaces: [{name: '${'a*'.repeat(30)}b'}]}]}
`,
    code: 'WO2302',
  },
  { shows: 'brackets, 10,000 deep', input: withField('['.repeat(levels)), code: 'WO1006' },
  {
    shows: 'braces, 10,000 deep, that close',
    input: withField('{a: '.repeat(levels) + '}'.repeat(levels)),
    code: 'WO1006',
  },
  { shows: 'dashes, 10,000 deep', input: `${pay}  selector:\n  ${'- '.repeat(levels)}x\n`, code: 'WO1006' },
  {
    shows: 'lines, 10,000 deep',
    input: `${pay}  selector:\n${Array.from({ length: levels }, (_, depth) => `${' '.repeat(depth + 3)}a:\n`).join('')}`,
    code: 'WO1006',
  },
  {
    shows: 'JSON, 10,000 deep, in a ResourceList',
    input: `{"apiVersion":"config.kubernetes.io/v1","kind":"ResourceList","items":[{"apiVersion":"networking.gloo.solo.io/v2","kind":"ExternalService","metadata":{"name":"a"},"spec":${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}}]}`,
    code: 'WO1006',
    krm: true,
  },
  {
    shows: 'an alias bomb',
    input: `${pay}---\n${pay.replace('name: pay', 'name: bomb')}status:\n${bomb}`,
    code: 'WO1007',
  },
  {
    shows: 'an alias bomb in an item',
    input: resourceList(
      `- kind: ExternalService\n  apiVersion: networking.gloo.solo.io/v2\n  metadata: {name: a}\n  status:\n${bomb.replace(/^/gm, '  ')}`.trimEnd(),
    ),
    code: 'WO1007',
    krm: true,
  },
  { shows: 'a host of a million letters', input: service('a'.repeat(1_000_000)), code: 'WO2003' },
  { shows: 'ten thousand ports', input: pay.replace(/ {2}- name: https.*$/s, ports), code: undefined },
  { shows: 'ten thousand hosts', input: pay.replace('  - api.example.com\n', hosts), code: undefined },
  {
    shows: 'a hundred thousand blank lines and comments',
    input: `${'  \n# a\n'.repeat(50_000)}${pay}`,
    code: undefined,
  },
  { shows: 'a hundred thousand empty documents', input: `${'---\n'.repeat(100_000)}${pay}`, code: undefined },
  {
    shows: 'a line of a million words that could be kinds',
    input: `${pay}---\na: "${'kind: !a '.repeat(1_000_000)}"\n`,
    code: undefined,
  },
  {
    shows: 'our marks on an object of others, one of them a number',
    input: `${pay}---\napiVersion: networking.istio.io/v1\nkind: ServiceEntry\nmetadata:\n  name: other\n  namespace: shop\n  labels: {app.kubernetes.io/managed-by: wayout}\n  annotations: {wayout.dev/source: 7}\nspec: {hosts: [other.example]}\n`,
    code: undefined,
  },
];

for (const { shows, input, code, krm } of hostile) {
  test(`hostile input: ${shows}`, async () => {
    const bytes = Buffer.from(input);
    const start = process.cpuUsage();
    const result = await runOn(bytes, krm ? ['krm'] : ['render', '-']);
    ensureSoon(start);
    assert.equal(result.code, code === undefined ? 0 : 1, result.stderr.slice(0, 500));
    if (code !== undefined) assert.match(result.stderr, new RegExp(`\\b${code}\\b`));
    assert.ok(result.stderr.length < 5_000, `${result.stderr.length} characters say it`);
  });
}

test('a text that is cut off anywhere is an error or a smaller text, never a bug of ours', async () => {
  const text = `${pay}---\n{"apiVersion": "networking.gloo.solo.io/v2", "kind": "ExternalService", "metadata": {"name": "b", "namespace": "shop"}}\n`;
  for (let length = 0; length < text.length; length += 1) {
    const { code, stderr } = await runOn(Buffer.from(text.slice(0, length)), ['render', '-']);
    assert.ok(code <= 1, `${length}: ${stderr}`);
  }
});

test('a list of 50 MB renders', async () => {
  const filler = `- apiVersion: v1\n  kind: ConfigMap\n  metadata:\n    name: filler\n    namespace: shop\n  data:\n    text: ${'x'.repeat(50_000)}\n`;
  const external = `- ${pay.replaceAll('\n', '\n  ').trimEnd()}\n`;
  const input = Buffer.from(resourceList(filler.repeat(1_000) + external));
  assert.ok(input.length > 50_000_000);
  const { code, stdout, stderr } = await runOn(input, ['krm']);
  assert.equal(code, 0, stderr);
  assert.ok(stdout.startsWith(resourceList(filler)));
  assert.match(stdout.slice(-2_000), /kind: ServiceEntry/);
});

test('ten thousand objects of others pass unparsed: what no parser could read comes back byte for byte', async () => {
  const foreign = Array.from(
    { length: 10_000 },
    (_, index) =>
      `- apiVersion: apps/v1\n  kind: Deployment\n  metadata: {name: d${index}}\n  spec: [never closed\n  spec: "twice\n`,
  ).join('');
  const { code, stdout, stderr } = await runOn(Buffer.from(resourceList(foreign)), ['krm']);
  assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
  assert.equal(stdout, resourceList(foreign));
});
