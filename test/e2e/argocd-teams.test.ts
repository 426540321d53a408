import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { parseAllDocuments } from 'yaml';
import type { Application } from './argocd/application.ts';
import { repository, service } from './argocd/repository.ts';
import { needsArgocd, shipped, useArgocd } from './argocd/servers.ts';
import { root } from './tools.ts';

/** What a team of argocd/applications/teams.yaml keeps in its folder `egress`. */
const egress = (team: string) => ({
  'egress/config.yaml': `apiVersion: wayout.dev/v1alpha1
kind: EgressConfig
metadata: {name: egress}
spec:
  defaultGateway: istio-gateways/egress
  gateways:
  - {namespace: istio-gateways, name: egress, service: {name: istio-egressgateway}, selector: {istio: egressgateway}, ports: [{number: 443}]}
`,
  'egress/pay.yaml': service(`pay-${team}`, { namespace: null, extra: '    clientsideTls: {}\n' }),
  'apps/settings.yaml': 'kind: [not for wayout',
});

const shipping = parseAllDocuments(readFileSync(join(root, 'argocd/applications/teams.yaml'), 'utf8')).map(document =>
  document.toJS(),
);
const found = (kind: string, name: string) =>
  shipping.find(resource => resource.kind === kind && resource.metadata.name === name).spec;

describe('many teams, one gateway: argocd/applications/teams.yaml, through the real servers', needsArgocd, () => {
  const servers = useArgocd();
  before(() => servers.plugin(shipped()));

  /** The objects of one of the two Applications, were it that of another team. */
  async function objectsOf(name: string, team: string) {
    const text = JSON.stringify(found('Application', name)).replaceAll('"shop"', `"${team}"`);
    const { source, destination } = JSON.parse(text);
    const application: Application = {
      repository: repository(servers.work, egress(team)),
      path: source.path,
      plugin: source.plugin,
      namespace: destination.namespace,
      name: `${name}-${team}`,
    };
    const { manifests, error } = await servers.render(application);
    assert.equal(error, '');
    return manifests.map(manifest => JSON.parse(manifest));
  }

  test("a team's Application has objects in its own namespace alone, the platform's in the gateway's: what their projects allow", async () => {
    for (const [name, project, team] of [
      ['shop', 'shop', 'shop'],
      ['shop-egress', 'platform', 'shop'],
    ] as const) {
      const objects = await objectsOf(name, team);
      const [{ namespace }] = found('AppProject', project).destinations;
      assert.ok(objects.length >= 2, name);
      for (const { metadata } of objects) assert.equal(metadata.namespace, namespace);
      assert.equal(found('Application', name).destination.namespace, namespace);
    }
  });

  test('three teams render apart, and no object of one is an object of another', async () => {
    const all = await Promise.all(
      ['shop', 'orders', 'mail'].flatMap(team => [objectsOf('shop', team), objectsOf('shop-egress', team)]),
    );
    const ids = all.flat().map(({ kind, metadata }) => `${kind}/${metadata.namespace}/${metadata.name}`);
    assert.equal(new Set(ids).size, ids.length);
    assert.deepEqual([...new Set(all.flat().map(({ kind }) => kind))].sort(), [
      'AuthorizationPolicy',
      'DestinationRule',
      'Gateway',
      'ServiceEntry',
      'VirtualService',
    ]);
  });
});
