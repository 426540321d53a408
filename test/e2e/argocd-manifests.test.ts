import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { parseAllDocuments } from 'yaml';
import type { Container } from './argocd/container.ts';
import { argocd, needsArgocd } from './argocd/servers.ts';
import { kustomize, needsKustomize, root, stdoutOf } from './tools.ts';

const folder = join(root, 'argocd');
const read = (file: string) => readFileSync(join(folder, file), 'utf8');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.yaml'))
  .sort();

/** Argo CD's own program refuses what a cluster with Argo CD would drop in silence. */
const check = (...paths: readonly string[]) =>
  spawnSync(join(argocd(), 'argocd'), ['check', ...paths], { encoding: 'utf8' });

const work = mkdtempSync(join(tmpdir(), 'wayout-manifests-'));
after(() => rmSync(work, { recursive: true }));

for (const file of files.filter(name => name.startsWith('applications/') || name.endsWith('plugin.yaml'))) {
  test(`argocd/${file} has the fields of its kind alone, and passes its schema`, needsArgocd, () => {
    const { status, stderr } = check(join(folder, file));
    assert.equal(status, 0, stderr);
  });
}

test('a field that a kind does not have is found', needsArgocd, () => {
  const broken = join(work, 'broken.yaml');
  for (const file of ['plugin.yaml', 'applications/directory.yaml', 'applications/hydrator.yaml']) {
    writeFileSync(broken, read(file).replace('spec:\n', 'spec:\n  sidecars: 2\n'));
    assert.match(check(broken).stderr, /unknown field/, file);
  }
});

test("what Argo CD's definitions do not allow is found", needsArgocd, () => {
  const broken = join(work, 'broken.yaml');
  writeFileSync(broken, read('applications/directory.yaml').replace(/ {2}project: default\n/, ''));
  assert.match(check(broken).stderr, /spec\.project: Required value/);
});

/** The pod that kustomize makes of Argo CD's own repo-server and components of ours. */
function podWith(...components: readonly string[]) {
  const name = mkdtempSync(join(work, 'build-'));
  cpSync(join(argocd(), 'manifests/base/repo-server'), join(name, 'repo-server'), { recursive: true });
  for (const component of components) cpSync(join(folder, component), join(name, component), { recursive: true });
  const images = [{ name: 'wayout', newName: 'images.example/wayout', digest: `sha256:${'0'.repeat(64)}` }];
  writeFileSync(join(name, 'kustomization.yaml'), JSON.stringify({ resources: ['repo-server'], components, images }));
  const built = stdoutOf(kustomize(['build', name]));
  const file = join(name, 'built.yaml');
  writeFileSync(file, built);
  const { status, stderr } = check(file);
  assert.equal(status, 0, stderr);
  const deployment = parseAllDocuments(built)
    .map(document => document.toJS())
    .find(({ kind }) => kind === 'Deployment');
  return deployment.spec.template.spec;
}

describe("the components on Argo CD's own repo-server", { ...needsArgocd, ...needsKustomize }, () => {
  test('the sidecar comes beside the repo-server, whose containers and volumes stay', () => {
    const plain = podWith();
    const pod = podWith('sidecar');
    const names = (containers: readonly { readonly name: string }[]) => containers.map(({ name }) => name).sort();
    assert.deepEqual(names(pod.containers), ['argocd-repo-server', 'wayout']);
    assert.deepEqual(
      pod.containers.find(({ name }: Container) => name === 'argocd-repo-server'),
      plain.containers[0],
    );
    assert.deepEqual(names(pod.volumes), [...names(plain.volumes), 'wayout-platform', 'wayout-tmp'].sort());
    assert.equal(
      pod.containers.find(({ name }: Container) => name === 'wayout').image,
      `images.example/wayout@sha256:${'0'.repeat(64)}`,
    );
  });

  test('a change of the platform starts the pod anew', () => {
    const volume = podWith('sidecar').volumes.find(({ name }: Container) => name === 'wayout-platform');
    assert.match(volume.configMap.name, /^wayout-platform-\w{10}$/);
  });

  test('all three together: each mounts what is there, and has a /tmp of its own', () => {
    const pod = podWith('sidecar', 'next', 'helm');
    const volumes: readonly string[] = pod.volumes.map(({ name }: { readonly name: string }) => name);
    const ours: readonly Container[] = pod.containers.filter(({ name }: Container) => name.startsWith('wayout'));
    assert.equal(ours.length, 3);
    for (const { volumeMounts } of ours) for (const { name } of volumeMounts) assert.ok(volumes.includes(name), name);
    assert.equal(
      new Set(ours.map(({ volumeMounts }) => volumeMounts.find(({ mountPath }) => mountPath === '/tmp')?.name)).size,
      3,
    );
  });
});
