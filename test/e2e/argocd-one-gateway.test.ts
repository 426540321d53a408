import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { repository, service } from './argocd/repository.ts';
import { needsArgocd, shipped, useArgocd } from './argocd/servers.ts';
import { objectsOf, root, stdoutOf, wayout } from './tools.ts';

const folder = join(root, 'test/e2e/one-gateway');
const platform = join(folder, 'platform');
const teams = ['shop', 'orders', 'mail'] as const;

/** The plugin as it is shipped, in a sidecar where the platform's configuration is mounted. */
function mounted() {
  const plugin = shipped();
  // A test of argocd/ holds plugin.yaml against Argo CD's own schema.
  const generate = plugin.spec.generate as { readonly command: readonly string[] };
  return {
    ...plugin,
    spec: { ...plugin.spec, generate: { command: [...generate.command, '--platform', platform] } },
  };
}

/** A manifest without what Argo CD itself adds: which Application it belongs to. */
function untracked(manifest: string): string {
  const object = JSON.parse(manifest);
  delete object.metadata.annotations['argocd.argoproj.io/tracking-id'];
  return JSON.stringify(object);
}

describe('three repositories, one gateway, through the real servers: test/e2e/one-gateway', needsArgocd, () => {
  const servers = useArgocd();
  before(() => servers.plugin(mounted()));

  /** What a team's own Application deploys, or the platform's for it. */
  const render = (team: string, part: 'clients' | 'gateways', repository = join(folder, team)) =>
    servers.render({
      repository,
      name: `${team}-${part}`,
      namespace: part === 'clients' ? team : 'istio-gateways',
      plugin: { name: 'wayout', parameters: [{ name: 'part', string: part }] },
    });

  async function manifestsOf(team: string, part: 'clients' | 'gateways') {
    const { manifests, error } = await render(team, part);
    assert.equal(error, '');
    const namespace = part === 'clients' ? team : 'istio-gateways';
    for (const manifest of manifests) assert.equal(JSON.parse(manifest).metadata.namespace, namespace);
    return manifests;
  }

  let union = '';

  test('each has objects in its own namespace alone, and together they are what one render of all gives', async () => {
    const rendered = await Promise.all(
      teams.flatMap(team => [manifestsOf(team, 'clients'), manifestsOf(team, 'gateways')]),
    );
    // JSON is YAML.
    union = rendered.flat().map(untracked).join('\n---\n');
    const all = join(servers.work, 'all');
    for (const team of teams) cpSync(join(folder, team), join(all, team), { recursive: true });
    assert.deepEqual(objectsOf(union), objectsOf(stdoutOf(wayout(['generate', all, '--platform', platform]))));
  });

  test('where all of it is applied, every call arrives, and no other', context => {
    const applied = join(servers.work, 'one-gateway');
    mkdirSync(applied);
    writeFileSync(join(applied, 'output.yaml'), union);
    cpSync(join(platform, 'egress.yaml'), join(applied, 'config.yaml'));
    cpSync(join(folder, 'calls.yaml'), join(applied, 'calls.yaml'));
    const checker = join(root, 'test/conformance/run.sh');
    const { status, stdout, stderr } = spawnSync(checker, [applied], { encoding: 'utf8' });
    if (status === 3 && process.env.E2E !== 'required') return context.skip(stderr.trim());
    assert.match(stdout, /^ok {4}one-gateway: carried: shop\/checkout GET http:\/\/api\.pay\.example\//m, stderr);
    assert.match(stdout, /\n\d+ passed, 0 failed\n$/, stdout);
  });

  for (const [what, files, reason] of [
    [
      "another team's host",
      { 'egress.yaml': service('pay', { namespace: 'mail' }).replace('pay.example.com', 'api.pay.example') },
      /api\.pay\.example belongs to shop, says the platform/,
    ],
    [
      'a gateway of its own',
      {
        'config.yaml':
          'apiVersion: wayout.dev/v1alpha1\nkind: EgressConfig\nmetadata: {name: egress}\nspec: {defaultGateway: mail/own}\n',
        'egress.yaml': service('post', { namespace: 'mail' }),
      },
      /defaultGateway is locked by the platform/,
    ],
  ] as const)
    test(`a repository that takes ${what} gets an error, and deploys nothing`, async () => {
      const { manifests, error } = await render('mail', 'clients', repository(servers.work, files));
      assert.deepEqual(manifests, []);
      assert.match(error, reason);
    });
});
