import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { Application } from './argocd/application.ts';
import { repository, service } from './argocd/repository.ts';
import { needsArgocd, shipped, useArgocd } from './argocd/servers.ts';
import { needsHelm } from './tools.ts';

const chart = {
  'chart/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
  'chart/values.yaml': 'port: 443\n',
  'chart/values-production.yaml': 'port: 8443\n',
  'chart/templates/pay.yaml': service('pay', { namespace: '{{ .Release.Namespace }}' }).replace(
    '443',
    '{{ .Values.port }}',
  ),
  'chart/templates/settings.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}
data:
  istio: {{ .Capabilities.APIVersions.Has "networking.istio.io/v1" | quote }}
  kubernetes: {{ .Capabilities.KubeVersion.Version }}
`,
  'secret.yaml': 'port: 1\n',
};

describe('a chart, through helm and the real servers', { ...needsArgocd, ...needsHelm }, () => {
  const servers = useArgocd();
  before(() => servers.plugin(shipped('helm/plugin.yaml')));
  const render = (values?: string, more: Partial<Application> = {}) =>
    servers.render({
      repository: repository(servers.work, chart),
      path: 'chart',
      plugin: { name: 'wayout-helm', ...(values !== undefined && { env: [{ name: 'VALUES', value: values }] }) },
      ...more,
    });

  test('its templates are rendered, then what they hold of ours', async () => {
    const { manifests, error } = await render(undefined, {
      name: 'team_shop',
      apiVersions: ['networking.istio.io/v1'],
    });
    assert.equal(error, '');
    const [settings, entry] = manifests.map(text => JSON.parse(text));
    assert.deepEqual([settings.metadata.name, settings.data], ['shop', { istio: 'true', kubernetes: 'v1.33.1' }]);
    assert.deepEqual([entry.kind, entry.spec.ports[0].number], ['ServiceEntry', 443]);
  });

  test('VALUES names files of the chart', async () => {
    const { manifests } = await render('values.yaml,values-production.yaml');
    assert.equal(JSON.parse(manifests[1] ?? '').spec.ports[0].number, 8443);
  });

  for (const values of [
    '../secret.yaml',
    '/etc/passwd',
    'https://example.com/values.yaml',
    '--post-renderer=./x',
    'values.yaml; touch x',
    '$(touch x)',
  ])
    test(`VALUES cannot be ${values}`, async () => {
      const { error, manifests } = await render(values);
      assert.match(
        error,
        / failed exit status 1: \S.*: error: VALUES names files of the chart, separated by commas; this is none$/,
      );
      assert.deepEqual(manifests, []);
    });

  test('a template that fails leaves nothing, and says why', async () => {
    const folder = repository(servers.work, {
      ...chart,
      'chart/templates/broken.yaml': '{{ fail "no such environment" }}\n',
    });
    const { error, manifests } = await render(undefined, { repository: folder });
    assert.match(error, / failed exit status 1: Error: .*no such environment/);
    assert.deepEqual(manifests, []);
  });

  test('what wayout says of it is shown', async () => {
    const folder = repository(servers.work, { ...chart, 'chart/values.yaml': 'port: 0\n' });
    assert.match(
      (await render(undefined, { repository: folder })).error,
      /: error: ExternalService\/shop\/pay spec\.ports\[0\]\.number: /,
    );
  });
});
