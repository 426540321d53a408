import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import type { Parameter } from './argocd/application.ts';
import { commit, repository, service } from './argocd/repository.ts';
import { needsArgocd, shipped, useArgocd } from './argocd/servers.ts';

describe('parameters of an Application, through the real servers', needsArgocd, () => {
  const servers = useArgocd();
  let pay: string;
  before(async () => {
    await servers.plugin(shipped());
    const { spec, ...plugin } = shipped();
    await servers.plugin({
      ...plugin,
      metadata: { name: 'found' },
      spec: { ...spec, discover: { fileName: '*.yaml' } },
    });
    pay = repository(servers.work, { 'pay.yaml': service('pay') });
  });

  const render = (...parameters: readonly Parameter[]) =>
    servers.render({ repository: pay, plugin: { name: 'wayout', parameters } });
  const exportTo = (manifests: readonly string[]) =>
    manifests.map(text => JSON.parse(text)).find(({ kind }) => kind === 'ServiceEntry')?.spec.exportTo;

  test('none at all: the Application has no plugin section, and the plugin is found by discovery', async () => {
    const { manifests, error } = await servers.render({ repository: pay });
    assert.deepEqual([manifests.length, error], [1, '']);
  });

  test('null: its plugin section is empty', async () => {
    const { manifests, error } = await servers.render({ repository: pay, plugin: {} });
    assert.deepEqual([manifests.length, error], [1, '']);
  });

  test('an empty list', async () => {
    const { manifests, error } = await render();
    assert.deepEqual([exportTo(manifests), error], [['shop'], '']);
  });

  test('a map, whose values are YAML text', async () => {
    const { manifests, error } = await render({ name: 'visibility', map: { 'shop/pay': '[checkout]' } });
    assert.deepEqual([exportTo(manifests), error], [['checkout', 'shop'], '']);
  });

  test('an array', async () => {
    const { manifests, error } = await render({ name: 'namespaces', array: ['shop', 'checkout'] });
    assert.deepEqual([manifests.length, error], [1, '']);
  });

  test('an empty array and an empty map', async () => {
    const { manifests, error } = await render({ name: 'namespaces', array: [] }, { name: 'visibility', map: {} });
    assert.deepEqual([manifests.length, error], [1, '']);
  });

  test('a string, and one for a list: YAML text', async () => {
    const { manifests, error } = await render(
      { name: 'sources', string: 'keep' },
      { name: 'namespaces', string: '[shop]' },
    );
    assert.deepEqual([manifests.length, error], [2, '']);
  });

  test('words of YAML 1.1 are no booleans', async () => {
    const { error } = await render({ name: 'dnsCapture', string: 'yes' });
    assert.match(error, /: parameters: error: dnsCapture: /);
  });

  for (const [what, parameter, said] of [
    [
      'unknown',
      { name: 'visibilty', map: {} },
      'parameters: error: visibilty: unknown parameter "visibilty"; did you mean "visibility"? (WO1402)',
    ],
    ['of a wrong type', { name: 'dnsCapture', string: 'perhaps' }, 'parameters: error: dnsCapture: '],
    ['outside what is allowed', { name: 'part', string: 'half' }, 'parameters: error: part: '],
    [
      'without a value',
      { name: 'part' },
      'parameters: error: part: parameter part needs exactly one value; write one of string, array and map beside its name (WO1403)',
    ],
    [
      'with two values',
      { name: 'part', string: 'all', array: [] },
      'parameters: error: part: parameter part needs exactly one value',
    ],
    [
      'that would be a shell command',
      { name: 'cluster; touch /tmp/x', string: '$(touch /tmp/x)' },
      'parameters: error: ',
    ],
  ] as const) {
    test(`one ${what} is an error that names it`, async () => {
      const { manifests, error } = await render(parameter);
      assert.equal(error.split(' failed exit status 1: ')[1]?.slice(0, said.length), said, error);
      assert.deepEqual(manifests, []);
    });
  }

  test('one twice is an error', async () => {
    const { error } = await render({ name: 'part', string: 'all' }, { name: 'part', string: 'clients' });
    assert.match(error, /parameter part stands twice/);
  });

  test('they win over an EgressConfig of the repository, field by field', async () => {
    const config = `apiVersion: wayout.dev/v1alpha1
kind: EgressConfig
metadata: {name: egress}
spec:
  sources: keep
  visibility: {shop/pay: [orders]}
`;
    const both = repository(servers.work, { 'pay.yaml': service('pay'), 'egress.yaml': config });
    const { manifests } = await servers.render({
      repository: both,
      plugin: { name: 'wayout', parameters: [{ name: 'visibility', map: { 'shop/pay': '[checkout]' } }] },
    });
    assert.deepEqual([manifests.length, exportTo(manifests)], [2, ['checkout', 'shop']]);
  });

  test('a repository can set them too, in .argocd-source.yaml', async () => {
    const source = 'plugin: {parameters: [{name: visibility, map: {shop/pay: "[orders]"}}]}\n';
    const both = repository(servers.work, { 'pay.yaml': service('pay'), '.argocd-source.yaml': source });
    const { manifests } = await servers.render({ repository: both, plugin: { name: 'wayout' } });
    assert.deepEqual(exportTo(manifests), ['orders', 'shop']);
  });

  test('inputs without a namespace take the destination', async () => {
    const nowhere = repository(servers.work, { 'pay.yaml': service('pay', { namespace: null }) });
    const { manifests, error } = await servers.render({
      repository: nowhere,
      namespace: 'orders',
      plugin: { name: 'wayout' },
    });
    assert.deepEqual([exportTo(manifests), error], [['orders'], '']);
  });

  test('an Istio API that the cluster does not serve is an error', async () => {
    const { error } = await servers.render({
      repository: pay,
      plugin: { name: 'wayout' },
      apiVersions: ['v1', 'networking.istio.io/v1beta1', 'networking.istio.io/v1beta1/ServiceEntry'],
    });
    assert.match(
      error,
      /ExternalService\/shop\/pay.*: the cluster does not serve ServiceEntry of networking\.istio\.io\/v1; .*\(WO1406\)$/,
    );
  });

  test('the user interface gets each of them, with its default', async () => {
    commit(pay);
    const { parameters } = await servers.details({ repository: pay, plugin: { name: 'wayout' } });
    const { static: announced } = Object(shipped().spec.parameters);
    assert.deepEqual(parameters, announced);
  });
});
