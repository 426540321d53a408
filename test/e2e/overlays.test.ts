import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { build, copyExamples, kustomization, needsKustomize, objectsOf, stdoutOf, wayout } from './tools.ts';

// What docs/kustomize.md says of prefixes and namespaces, above the function, beside it and below.
describe('an overlay', needsKustomize, () => {
  let examples: string;
  before(() => {
    examples = copyExamples();
  });
  const write = (name: string, text: string) => kustomization(examples, name, text);

  test('breaks the reference to the Gateway where an overlay above adds a prefix or a namespace', () => {
    const prefixed = stdoutOf(build(write('prefixed', 'resources: [../egress-gateway]\nnamePrefix: prod-\n')));
    assert.match(prefixed, /kind: Gateway\n[\s\S]*?name: prod-payments--shop--egress\n/);
    assert.match(prefixed, /gateways:\n {2}- mesh\n {2}- istio-gateways\/payments--shop--egress\n/);
    const moved = stdoutOf(build(write('moved', 'resources: [../egress-gateway]\nnamespace: team\n')));
    assert.match(moved, /kind: Gateway\n[\s\S]*?namespace: team\n/);
    assert.match(moved, /- istio-gateways\/payments--shop--egress\n/);
  });

  test('ends with an error where the same overlay adds the prefix and lists the function', () => {
    const folder = write(
      'level',
      'resources: [../egress-gateway/sources]\nnamePrefix: prod-\ntransformers:\nFUNCTION\n',
    );
    const { status, stdout, stderr } = build(folder);
    assert.deepEqual({ status, stdout }, { status: 1, stdout: '' });
    assert.match(stderr, /^\[error\] .*VirtualGateway istio-gateways\/egress is neither/m);
  });

  test('keeps references right under a prefix within one namespace, where the built sources are piped', () => {
    for (const name of ['payments', 'access', 'gateway', 'egress-config']) {
      const file = join(examples, `egress-gateway/sources/${name}.yaml`);
      const text = readFileSync(file, 'utf8');
      writeFileSync(
        file,
        text
          .replace('  shop/payments: [checkout]', '  shop/prod-payments: [checkout]')
          .replaceAll('istio-gateways', 'shop'),
      );
    }
    const folder = write('piped', 'resources: [../egress-gateway/sources]\nnamePrefix: prod-\n');
    const stdout = stdoutOf(wayout(['render', '-'], stdoutOf(build(folder, []))));
    assert.equal(objectsOf(stdout).length, 7);
    assert.match(stdout, /- shop\/prod-payments--shop--prod-egress\n/);
  });
});
