import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'wayout-on-demand-'));
after(() => rmSync(folder, { recursive: true }));
cpSync(join(root, 'plugin'), join(folder, 'plugin'), { recursive: true });
const client = join(folder, 'plugin/lib/client-node.cjs');
writeFileSync(client, "throw new Error('the Kubernetes client was loaded');\n");

const run = (args: readonly string[], input = '') =>
  spawnSync(join(folder, 'plugin/wayout'), args, {
    input,
    encoding: 'utf8',
    env: { ...process.env, WAYOUT_DEBUG: '1' },
  });

const example = join(root, 'kustomize-examples/egress-gateway/sources');
const list = JSON.stringify({
  apiVersion: 'config.kubernetes.io/v1',
  kind: 'ResourceList',
  items: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'mine', namespace: 'shop' } }],
});

for (const [args, input] of [
  [['render', example], ''],
  [['krm'], list],
  [['generate', '-'], list],
  [['check-expanded', '-'], list],
  [['--help'], ''],
] as const) {
  test(`wayout ${args[0]} never loads the Kubernetes client`, () => {
    const { status, stderr } = run(args, input);
    assert.equal(status, 0, stderr);
    assert.doesNotMatch(stderr, /Kubernetes client/);
  });
}

test('without a kubeconfig the live commands say so', () => {
  const { status, stderr } = spawnSync(join(root, 'plugin/wayout'), ['check', '--live', example], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, HOME: folder },
  });
  assert.equal(status, 1);
  assert.match(stderr, /WO5001\]: the kubeconfig leads to no cluster: there is no kubeconfig, and this is no pod\n/);
});

test('the live commands do, which shows that the others were watched', () => {
  const { status, stderr } = run(['check', '--live', example]);
  assert.equal(status, 3);
  assert.match(stderr, /the Kubernetes client was loaded/);
});
