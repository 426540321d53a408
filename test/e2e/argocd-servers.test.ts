import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { parse } from 'yaml';
import { type Container, canContain, emptyDir, layOut, runContainer } from './argocd/container.ts';
import { configMaps, repository, service } from './argocd/repository.ts';
import { argocd, type Log, needsArgocd, shipped, useArgocd } from './argocd/servers.ts';
import { root } from './tools.ts';

/** The container that a sidecar.yaml of argocd/ adds. */
const containerOf = (file: string): Container =>
  parse(readFileSync(join(root, 'argocd', file), 'utf8')).spec.template.spec.containers[0];

/** argocd/sidecar/platform.yaml, with a field locked. */
const platform = readFileSync(join(root, 'argocd/sidecar/platform.yaml'), 'utf8').replace(
  'spec: {}',
  'spec: {locked: [visibility]}',
);

describe("the plugin in Argo CD's servers", needsArgocd, () => {
  const servers = useArgocd();
  let pay: string;
  let log: Log;
  before(async () => {
    log = await servers.plugin(shipped());
    await servers.plugin({
      ...shipped(),
      metadata: { name: 'slow' },
      spec: { generate: { command: ['sleep', '20'] } },
    });
    pay = repository(servers.work, { 'pay.yaml': service('pay'), 'settings.yaml': configMaps(3) });
  });
  const plugin = { name: 'wayout' };

  test('an Application that names no plugin that is there: what Argo CD says', async () => {
    assert.match(
      (await servers.render({ repository: pay, plugin: { name: 'wayout-v9' } })).error,
      /^CMP processing failed for application "shop": could not find cmp-server plugin with name "wayout-v9" supporting the given repository/,
    );
  });

  test('twelve calls at once do not disturb each other', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `pay-${index}`);
    const answers = await Promise.all(
      names.map(name =>
        servers.render({ repository: repository(servers.work, { 'pay.yaml': service(name) }), plugin, name }),
      ),
    );
    assert.deepEqual(answers.map(({ error }) => error).join(''), '');
    assert.deepEqual(
      answers.flatMap(({ manifests }) => manifests.map(text => JSON.parse(text).metadata.name)),
      names,
    );
  });

  test('a call leaves nothing behind in the sidecar', () => {
    assert.deepEqual(readdirSync(join(servers.work, 'wayout/_cmp_server')), []);
  });

  test('a plugin that does not end in time is killed; this is all that Argo CD says', async () => {
    const { error, seconds } = await servers.render({ repository: pay, plugin: { name: 'slow' }, seconds: 1.5 });
    // At the deadline Argo CD sends SIGTERM and SIGKILL, from two goroutines (cmpserver/plugin/plugin.go, runCommand).
    assert.match(error, /failed signal: (killed|terminated)$|code = DeadlineExceeded/);
    assert.ok(seconds < 5, `${seconds} s`);
  });

  test('after a deadline the next call is served', async () => {
    assert.equal((await servers.render({ repository: pay, plugin })).error, '');
  });

  test('two versions stand side by side; each Application gets the one that it names', async () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const next = await servers.plugin(shipped('next/plugin.yaml'));
    const before = log().length;
    const { manifests, error } = await servers.render({ repository: pay, plugin: { name: `wayout-v${version}` } });
    assert.equal(error, '');
    assert.equal(log().length, before);
    assert.ok(next().some(({ msg }) => msg === 'Plugin command successful'));
    assert.deepEqual(manifests, (await servers.render({ repository: pay, plugin })).manifests);
  });

  test('an Application without a plugin section is not taken: the plugin discovers nothing', async () => {
    const { error, manifests } = await servers.render({ repository: pay });
    assert.equal(error, '');
    // Argo CD's own directory source: the input as it is.
    assert.ok(manifests.some(text => JSON.parse(text).kind === 'ExternalService'));
  });
});

describe('the sidecar as it is shipped: image, user 999, read-only, no privilege, no network', needsArgocd, () => {
  const servers = useArgocd();
  const tmp = () => join(servers.work, 'tmp');

  before(async () => {
    assert.ok(canContain, 'needs unshare(1) with mounts: as root, or with user namespaces');
    const image = join(servers.work, 'image');
    layOut('argocd', image);
    const volumes = {
      'var-files': argocd(),
      plugins: emptyDir(servers.sockets),
      'wayout-tmp': emptyDir(tmp()),
      // As the kubelet lays a ConfigMap out.
      'wayout-platform': repository(servers.work, {
        '..1/platform.yaml': platform,
        '..data': { link: '..1' },
        'platform.yaml': { link: '..data/platform.yaml' },
      }),
    };
    await servers.listening(runContainer(containerOf('sidecar/sidecar.yaml'), image, volumes), 'wayout');
  });

  test('it renders a folder', async () => {
    const { manifests, error } = await servers.render({
      repository: repository(servers.work, { 'pay.yaml': service('pay') }),
      plugin: { name: 'wayout' },
    });
    assert.deepEqual([manifests.length, error], [1, '']);
  });

  test('it renders an overlay, by the kustomize of its image', async () => {
    const files = {
      'base/kustomization.yaml': 'resources: [pay.yaml]\n',
      'base/pay.yaml': service('pay'),
      'top/kustomization.yaml': 'resources: [../base]\n',
    };
    const { manifests, error } = await servers.render({
      repository: repository(servers.work, files),
      path: 'top',
      plugin: { name: 'wayout' },
    });
    assert.deepEqual([manifests.length, error], [1, '']);
  });

  test('it shows errors as it does elsewhere', async () => {
    const wrong = repository(servers.work, { 'pay.yaml': service('pay').replace('443', '0') });
    assert.match(
      (await servers.render({ repository: wrong, plugin: { name: 'wayout' } })).error,
      / failed exit status 1: pay\.yaml:11:13: error: /,
    );
  });

  test('what the platform locks no repository changes, and no parameter', async () => {
    const config =
      'apiVersion: wayout.dev/v1alpha1\nkind: EgressConfig\nmetadata: {name: egress}\nspec: {visibility: {shop/pay: [orders]}}\n';
    const parameters = [{ name: 'visibility', map: { 'shop/pay': '[orders]' } }];
    for (const [files, plugin] of [
      [{ 'egress.yaml': config }, { name: 'wayout' }],
      [{}, { name: 'wayout', parameters }],
    ] as const) {
      const folder = repository(servers.work, { 'pay.yaml': service('pay'), ...files });
      const { error } = await servers.render({ repository: folder, plugin });
      assert.match(
        error,
        /visibility is locked by the platform: .*\/etc\/wayout\/platform\.yaml:\d+:\d+ .*\(WO1420\)$/,
      );
    }
  });

  test('it leaves nothing in /tmp, and writes nowhere else', () => {
    assert.deepEqual(readdirSync(tmp()), ['_cmp_server']);
    assert.deepEqual(readdirSync(join(tmp(), '_cmp_server')), []);
    assert.ok(!existsSync(join(servers.work, 'image/root')));
  });
});
