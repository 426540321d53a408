import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { commit, configMaps, repository, service } from './argocd/repository.ts';
import { needsArgocd, shipped, useArgocd } from './argocd/servers.ts';
import { needsKustomize } from './tools.ts';

const overlay = 'resources: [../../base]\nnamespace: shop\n';
const kustomized = {
  'base/kustomization.yaml': 'resources: [pay.yaml, settings.yaml]\n',
  'base/pay.yaml': service('pay', { namespace: null }),
  'base/settings.yaml': configMaps(1),
  'overlays/production/kustomization.yaml': overlay,
};

describe('what Argo CD sends of a repository, through the real servers', needsArgocd, () => {
  const servers = useArgocd();
  before(() => servers.plugin(shipped()));
  const plugin = { name: 'wayout' };
  const render = (files: Parameters<typeof repository>[1], more: object = {}) =>
    servers.render({ repository: repository(servers.work, files), plugin, ...more });
  const kinds = (manifests: readonly string[]) => manifests.map(text => JSON.parse(text).kind);

  test('the folder of the application is rendered, and no other', async () => {
    const { manifests, error } = await render(
      { 'shop/pay.yaml': service('pay'), 'mail/mail.yaml': service('mail') },
      { path: 'shop' },
    );
    assert.deepEqual([kinds(manifests), error], [['ServiceEntry'], '']);
  });

  test('no Git is needed: what is sent has no .git folder', async () => {
    const files = { 'pay.yaml': service('pay'), '.git/config': '[core]\n', '.git/hooks/x.yaml': 'kind: [broken' };
    for (const excluded of [['.git', '.git/**'], []]) {
      const { manifests, error } = await render(files, { excluded });
      assert.deepEqual([kinds(manifests), error], [['ServiceEntry'], '']);
    }
  });

  test('what the repo-server excludes is missing, and named where it is needed', needsKustomize, async () => {
    const { error } = await render(kustomized, { path: 'overlays/production', excluded: ['base/**'] });
    assert.match(error, /error: kustomize build failed: .*base.*\(WO1408\)$/);
  });

  test('an overlay is built by plain kustomize, and rendered', needsKustomize, async () => {
    const { manifests, error } = await render(kustomized, { path: 'overlays/production' });
    assert.deepEqual([kinds(manifests), error], [['ConfigMap', 'ServiceEntry'], '']);
  });

  test('the common root of manifest-generate-paths is enough for an overlay', needsKustomize, async () => {
    const { manifests, error } = await render(kustomized, {
      path: 'overlays/production',
      generatePaths: '.;../../base',
    });
    assert.deepEqual([kinds(manifests), error], [['ConfigMap', 'ServiceEntry'], '']);
  });

  test('too narrow manifest-generate-paths leave the base behind, and the error names it', needsKustomize, async () => {
    const { error } = await render(kustomized, { path: 'overlays/production', generatePaths: '.' });
    assert.match(error, /base/);
  });

  test('a kustomization that runs a program of the repository runs nothing', needsKustomize, async () => {
    const evil = `apiVersion: example.com/v1
kind: Evil
metadata:
  name: evil
  annotations:
    config.kubernetes.io/function: |
      exec: {path: ./evil.sh}
`;
    const files = {
      'kustomization.yaml': 'resources: [pay.yaml]\ntransformers: [evil.yaml]\n',
      'evil.yaml': evil,
      'pay.yaml': service('pay'),
      'evil.sh': '#!/bin/sh\ntouch evil\n',
    };
    const { error, manifests } = await render(files);
    assert.match(error, /kustomize build failed: .*external plugins disabled/);
    assert.deepEqual(manifests, []);
  });

  test('a kustomization that lists wayout is an error that says where to point', needsKustomize, async () => {
    const fn = `apiVersion: wayout.dev/v1alpha1
kind: EgressConfig
metadata:
  name: wayout
  annotations:
    config.kubernetes.io/function: |
      exec: {path: wayout, args: [krm]}
`;
    const files = {
      'kustomization.yaml': 'resources: [sources]\ntransformers: [egress.yaml]\n',
      'egress.yaml': fn,
      'sources/kustomization.yaml': 'resources: [pay.yaml]\n',
      'sources/pay.yaml': service('pay'),
    };
    assert.match((await render(files)).error, /point generate at (\S*\/)?sources, .*\(WO1409\)$/);
  });

  test('a link within the repository is followed', async () => {
    const files = { 'base/pay.yaml': service('pay'), 'shop/pay.yaml': { link: '../base/pay.yaml' } };
    const { manifests, error } = await render(files, { path: 'shop' });
    assert.deepEqual([kinds(manifests), error], [['ServiceEntry'], '']);
  });

  test('a link out of the repository is refused by Argo CD before anything is sent', async () => {
    for (const link of ['../../../../../../etc/passwd', '/etc/passwd']) {
      const linked = repository(servers.work, { 'pay.yaml': service('pay'), 'x.yaml': { link } });
      commit(linked);
      const { error } = await servers.refresh({ repository: linked, plugin });
      assert.equal(error, 'repository contains out-of-bounds symlinks. file: x.yaml');
    }
  });

  test('a link out of the repository that Argo CD lets pass is refused by wayout', async () => {
    const { error, manifests } = await render(
      { 'shop/pay.yaml': service('pay'), 'shop/x.yaml': { link: '/etc/hostname' } },
      { path: 'shop' },
    );
    assert.match(error, /x\.yaml/);
    assert.deepEqual(manifests, []);
  });

  test('a link that leads nowhere is an error that names it', async () => {
    const { error } = await render({ 'pay.yaml': service('pay'), 'x.yaml': { link: 'gone.yaml' } });
    assert.match(error, /x\.yaml.* error: .*\(WO\d{4}\)$/);
  });

  test('a folder that is not there is an error of Argo CD', async () => {
    assert.match((await render({ 'pay.yaml': service('pay') }, { path: 'nowhere' })).error, /nowhere/);
  });

  test('5,000 manifests of others, and an external service among them, go through in order', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 50 }, (_, index) => [
        `apps/${String(index).padStart(2, '0')}.yaml`,
        configMaps(100).replaceAll('settings-', `settings-${index}-`),
      ]),
    );
    const { manifests, error, seconds } = await render({ ...files, 'apps/25-pay.yaml': service('pay') });
    assert.deepEqual([manifests.length, error], [5001, '']);
    assert.equal(kinds(manifests).at(-1), 'ServiceEntry');
    const names = manifests.slice(0, -1).map(text => JSON.parse(text).metadata.name);
    assert.deepEqual(
      names,
      Array.from({ length: 5000 }, (_, index) => `settings-${Math.floor(index / 100)}-${index % 100}`),
    );
    assert.ok(seconds < 30, `${seconds} s`);
  });

  test('5,000 external services go through', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 100 }, (_, file) => [
        `${file}.yaml`,
        Array.from({ length: 50 }, (_, index) => service(`pay-${file}-${index}`)).join('---\n'),
      ]),
    );
    const { manifests, error, seconds } = await render(files);
    assert.deepEqual([manifests.length, error], [5000, '']);
    assert.ok(seconds < 30, `${seconds} s`);
  });
});
