import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'yaml';
import { ended } from '../src/yaml/ended.ts';
import { runOn } from './folder.ts';

// Go's readers, and so kustomize, kubectl and Argo CD, see no line end in a block scalar whose last line has none.
const texts: readonly { readonly shows: string; readonly text: string; readonly value: unknown }[] = [
  { shows: 'a literal', text: 'a: |\n  b', value: { a: 'b' } },
  { shows: 'a literal that keeps line ends', text: 'a: |+ # note\n  b\n\n  c', value: { a: 'b\n\nc' } },
  { shows: 'a literal with its indentation', text: 'a:\n- |2\n    b', value: { a: ['  b'] } },
  { shows: 'a folded scalar', text: 'a: >1+\n  b\n  c', value: { a: ' b\n c' } },
  { shows: 'one of two', text: 'a: |\n  b\nc: |\n  d', value: { a: 'b\n', c: 'd' } },
  { shows: 'Windows line ends', text: 'a: |\r\n  b\r\n  c', value: { a: 'b\nc' } },
  { shows: 'a scalar that is stripped already', text: 'a: |-\n  b', value: { a: 'b' } },
  { shows: 'a plain value behind a block scalar', text: 'a: |\n  b\nc: d', value: { a: 'b\n', c: 'd' } },
  { shows: 'quotes with a header in them', text: 'a: "|\n  b"', value: { a: '| b' } },
  { shows: 'a comment behind', text: 'a: |\n  b\n# |', value: { a: 'b\n' } },
  { shows: 'no text', text: 'a: |', value: { a: '' } },
  { shows: 'a text that ends its last line', text: 'a: |\n  b\n', value: { a: 'b\n' } },
];

for (const { shows, text, value } of texts) {
  test(`a last line that is ended: ${shows}`, () => {
    const whole = ended(text);
    assert.ok(whole.endsWith('\n'));
    assert.deepEqual(parse(whole), value);
    assert.equal(whole.replaceAll('-', ''), `${text.replaceAll(/[-+]/g, '')}${text.endsWith('\n') ? '' : '\n'}`);
  });
}

test('the last object of a stream and of a list keeps its value where something follows', async () => {
  const script = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  a: |\n    b';
  const service =
    'apiVersion: networking.gloo.solo.io/v2\nkind: ExternalService\nmetadata: {name: pay, namespace: shop}\nspec:\n  hosts: [a.example.com]\n  ports: [{name: https, number: 443, protocol: HTTPS}]\n';
  const stream = await runOn(Buffer.from(`${service}---\n${script}`), ['render', '-']);
  assert.match(stream.stdout, / {2}a: \|-\n {4}b\n---\n/);
  const item = (text: string): string => `- ${text.replaceAll('\n', '\n  ').trimEnd()}`;
  const list = `apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems:\n${item(service)}\n${item(script)}`;
  const { stdout } = await runOn(Buffer.from(list), ['krm']);
  assert.match(stdout, / {4}a: \|-\n {6}b\n- apiVersion: networking.istio.io/);
});
