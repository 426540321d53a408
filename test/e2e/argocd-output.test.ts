import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { parseAllDocuments } from 'yaml';
import { configMaps, repository, service } from './argocd/repository.ts';
import { type Log, needsArgocd, shipped, useArgocd } from './argocd/servers.ts';
import { stdoutOf, wayout } from './tools.ts';

describe('what Argo CD gets and shows, through the real servers', needsArgocd, () => {
  const servers = useArgocd();
  let log: Log;
  before(async () => {
    log = await servers.plugin(shipped());
    for (const [name, command] of Object.entries({
      silent: ['true'],
      talks: ['echo', 'starting up'],
      functions: ['cat', 'list.json'],
    }))
      await servers.plugin({ ...shipped(), metadata: { name }, spec: { generate: { command } } });
  });

  const render = (files: Readonly<Record<string, string>>, name = 'wayout') =>
    servers.render({ repository: repository(servers.work, files), plugin: { name } });
  /** What is shown after the words of Argo CD's own. */
  const shownOf = (error: string) => {
    assert.match(
      error,
      /^CMP processing failed for application "shop": error generating manifests in cmp: rpc error: code = Unknown desc = error generating manifests: /,
    );
    return error.replace(/^.* failed exit status 1: /, '');
  };

  test('an error is shown whole: file, line, kind, namespace, name, field, reason and code, on one line', async () => {
    const { error, manifests } = await render({ 'apps/pay.yaml': service('pay').replace('443', '4430000') });
    assert.equal(
      shownOf(error),
      'apps/pay.yaml:11:13: error: ExternalService/shop/pay spec.ports[0].number: spec.ports[0].number is 4430000, but must be a number from 1 to 65535 (WO1201)',
    );
    assert.deepEqual(manifests, []);
  });

  test('several errors are a line each, ten at most, without a stack and without warnings', async () => {
    const files = Array.from({ length: 30 }, (_, index) => [
      `${index}.yaml`,
      service(`pay-${index}`).replace('443', '0'),
    ]);
    const lines = shownOf((await render(Object.fromEntries(files))).error).split('\n');
    assert.equal(lines.length, 11);
    assert.ok(
      lines.slice(0, 10).every(line => /^\d+\.yaml:11:13: error: /.test(line)),
      lines.join('\n'),
    );
    assert.match(lines[10] ?? '', /^and 20 more errors/);
    assert.doesNotMatch(lines.join('\n'), /\bat .*\.[cm]?js:\d+|node:internal/);
  });

  test('what is secret stays out of messages: the value of a field is shown, not the objects beside it', async () => {
    const secret =
      'apiVersion: v1\nkind: Secret\nmetadata: {name: key, namespace: shop}\nstringData: {password: hunter2}\n';
    const { error } = await render({ 'pay.yaml': `${service('pay').replace('443', '0')}---\n${secret}` });
    assert.match(error, /WO1201/);
    assert.doesNotMatch(error, /hunter2/);
  });

  test('broken YAML is located', async () => {
    assert.match(
      shownOf((await render({ 'pay.yaml': `${service('pay')}  x: [\n` })).error),
      /^pay\.yaml:\d+:\d+: error: /,
    );
  });

  test('nothing at all is an error; Argo CD itself would take it, and delete everything', async () => {
    assert.match((await render({ 'README.md': 'no manifests\n' })).error, /WO\d{4}\)$/);
    assert.match((await render({ 'nothing.yaml': '# nothing\n' })).error, /WO\d{4}\)$/);
    assert.deepEqual(await render({ 'README.md': '' }, 'silent').then(({ error, manifests }) => [error, manifests]), [
      '',
      [],
    ]);
  });

  test('nothing at all is taken where allowEmpty says so', async () => {
    const config = 'apiVersion: wayout.dev/v1alpha1\nkind: EgressConfig\nmetadata: {name: egress}\nspec: {}\n';
    const empty = repository(servers.work, { 'egress.yaml': config });
    const parameters = [{ name: 'allowEmpty', string: 'true' }];
    const answers = [
      await servers.render({ repository: empty, plugin: { name: 'wayout', parameters } }),
      await servers.render({ repository: empty, plugin: { name: 'wayout' } }),
    ];
    assert.deepEqual(
      answers.map(({ error, manifests }) => [error === '', manifests.length]),
      [
        [true, 0],
        [false, 0],
      ],
    );
  });

  test('one wrong document of many leaves nothing: no part of a render goes out', async () => {
    const { error, manifests } = await render({
      'a.yaml': configMaps(20),
      'z.yaml': service('pay').replace('443', '0'),
    });
    assert.match(shownOf(error), /^z\.yaml:11:13: error: /);
    assert.deepEqual(manifests, []);
  });

  test('an object twice is an error that names both places; Argo CD itself would say so only in a warning', async () => {
    const { error } = await render({ 'a.yaml': configMaps(1), 'b.yaml': configMaps(1) });
    assert.match(shownOf(error), /^b\.yaml:1:1: error: ConfigMap.*twice.*a\.yaml:1:1.*\(WO1412\)$/);
  });

  test('an object twice by the namespace that Argo CD gives it', async () => {
    const without = configMaps(1).replace('  namespace: shop\n', '');
    assert.match(shownOf((await render({ 'a.yaml': configMaps(1), 'b.yaml': without })).error), /\(WO1412\)$/);
  });

  test('an object without a name is an error', async () => {
    assert.match(
      shownOf((await render({ 'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {}\n' })).error),
      /^a\.yaml:1:1: error: .*metadata\.name.*\(WO1411\)$/,
    );
  });

  test('words that YAML 1.1 reads otherwise arrive as they were meant', async () => {
    const endpoint = `apiVersion: networking.gloo.solo.io/v2
kind: ExternalEndpoint
metadata: {name: one, namespace: shop, labels: {"on": "yes", code: "0777", count: "1_000", version: "1e3"}}
spec: {address: 192.0.2.7, ports: [{name: https, number: 443}]}
`;
    const { manifests, error } = await render({
      'pay.yaml': service('pay', { extra: '  selector: {"on": "yes"}\n' }),
      'one.yaml': endpoint,
    });
    assert.equal(error, '');
    const [{ labels }] = JSON.parse(manifests[0] ?? '').spec.endpoints;
    assert.deepEqual(labels, { on: 'yes', code: '0777', count: '1_000', version: '1e3' });
  });

  test('words of YAML 1.1 for a number or a boolean are errors', async () => {
    const { error } = await render({ 'pay.yaml': service('pay').replace('number: 443', 'number: 1_443') });
    assert.match(shownOf(error), /^pay\.yaml:11:13: error: .* is "1_443", but must be a whole number/);
  });

  test('other objects keep their order and their words', async () => {
    const { manifests } = await render({
      'a.yaml': `${configMaps(3)}---\n${service('pay')}---\napiVersion: v1\nkind: Secret\nmetadata: {name: last, namespace: shop}\n`,
    });
    assert.deepEqual(
      manifests.map(text => JSON.parse(text)).map(({ kind, metadata }) => `${kind}/${metadata.name}`),
      ['ConfigMap/settings-0', 'ConfigMap/settings-1', 'ConfigMap/settings-2', 'Secret/last', 'ServiceEntry/pay'],
    );
  });

  test('Argo CD tracks what wayout made, and finds no annotation of a function', async () => {
    const { manifests } = await render({ 'pay.yaml': service('pay') });
    const { annotations } = JSON.parse(manifests[0] ?? '').metadata;
    assert.deepEqual(annotations, {
      'argocd.argoproj.io/tracking-id': 'shop:networking.istio.io/ServiceEntry:shop/pay',
      'wayout.dev/source': 'ExternalService/shop/pay',
    });
  });

  test('Argo CD takes the items of a ResourceList and drops its results, which is why the plugin is no KRM function', async () => {
    const item = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'one' } };
    const list = {
      apiVersion: 'config.kubernetes.io/v1',
      kind: 'ResourceList',
      items: [item],
      results: [{ severity: 'error', message: 'no' }],
    };
    const { manifests, error } = await render({ 'list.json': JSON.stringify(list) }, 'functions');
    assert.deepEqual([manifests.length, error], [1, '']);
  });

  test('a list in the input is one object for wayout, its items for Argo CD', async () => {
    const list = `apiVersion: v1\nkind: List\nitems:\n- ${configMaps(1).trim().replaceAll('\n', '\n  ')}\n`;
    const { manifests, error } = await render({ 'list.yaml': list, 'pay.yaml': service('pay') });
    assert.equal(error, '');
    assert.deepEqual(
      manifests.map(text => JSON.parse(text).kind),
      ['ConfigMap', 'ServiceEntry'],
    );
  });

  test('a line of log among the objects would break them: wayout writes none, and little on standard error', async () => {
    assert.match((await render({ 'README.md': '' }, 'talks')).error, /cannot unmarshal string/);
    assert.equal((await render({ 'pay.yaml': service('pay') })).error, '');
    assert.equal(log().findLast(({ msg }) => msg === 'Plugin command successful')?.stderr, '');
  });

  test('the plugin prints the bytes that wayout generate prints on a laptop', async () => {
    const files = { 'a/config.yaml': configMaps(2), 'b/pay.yaml': service('pay'), 'c.yaml': service('mail') };
    const folder = repository(servers.work, files);
    const { manifests } = await servers.render({ repository: folder, plugin: { name: 'wayout' } });
    const printed = stdoutOf(wayout(['generate', folder]));
    assert.equal(
      `${log().findLast(({ level, msg }) => level === 'debug' && msg.startsWith('apiVersion'))?.msg}`.trimEnd(),
      printed.trimEnd(),
    );
    const kinds = parseAllDocuments(printed).map(document => document.toJS().metadata.name);
    assert.deepEqual(
      manifests.map(text => JSON.parse(text).metadata.name),
      kinds,
    );
  });

  test('the same repository gives the same bytes each time', async () => {
    const files = { 'pay.yaml': service('pay'), 'mail.yaml': service('mail') };
    const [one, other] = [await render(files), await render(files)];
    assert.deepEqual(one.manifests, other.manifests);
  });
});
