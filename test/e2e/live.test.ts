import assert from 'node:assert/strict';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Report } from '../../src/diagnostics/report.ts';
import { connect } from '../../src/io/cluster.ts';
import { dryRun } from '../../src/live/dry-run.ts';
import { seen } from '../../src/live/observe.ts';
import { needsApiServer, projectFile } from './api-server.ts';
import { type LiveCluster, type Manifest, manifestsIn, startCluster } from './live-cluster.ts';
import { root } from './tools.ts';

describe('what Git says, beside a real cluster', needsApiServer, () => {
  let cluster: LiveCluster;
  before(async () => {
    cluster = await startCluster();
  });
  after(() => cluster?.stop());

  test('wayout config --live writes what the cluster needs, and with it the egress example renders', () => {
    const { status, stdout, stderr } = cluster.wayout(['config', '--live', 'sources']);
    assert.equal(status, 0, stderr);
    assert.deepEqual(manifestsIn(stdout)[0]?.spec, {
      cluster: 'cluster1',
      trustDomain: 'shop.example',
      dnsCapture: true,
      outboundTrafficPolicy: 'REGISTRY_ONLY',
      namespaces: [
        'checkout',
        'default',
        'istio-gateways',
        'istio-system',
        'kube-node-lease',
        'kube-public',
        'kube-system',
        'shop',
      ],
      gateways: [
        {
          namespace: 'istio-gateways',
          name: 'egress',
          service: { namespace: 'istio-gateways', name: 'istio-egressgateway' },
          selector: { istio: 'egressgateway' },
          ports: [{ name: 'https', number: 443, targetPort: 8443 }],
        },
      ],
    });
    writeFileSync(join(cluster.folder, 'egress.yaml'), stdout);
    const rendered = cluster.wayout(['render', '--config', 'egress.yaml', 'sources']);
    assert.equal(rendered.status, 0, rendered.stderr);
    assert.match(rendered.stdout, /- shop\.example\/ns\/checkout\/sa\/checkout\n/);
    assert.match(rendered.stdout, /host: istio-egressgateway\.istio-gateways\.svc\.cluster\.local\n/);
    assert.equal(manifestsIn(rendered.stdout).length, 6);
  });

  test('without documents each gateway is proposed under the name of its Service', () => {
    const { stdout } = cluster.wayout(['config', '--live']);
    assert.match(stdout, /name: istio-egressgateway\n {4}service:/);
  });

  test('the documented ClusterRole is enough for everything, and nothing is in the cluster yet', () => {
    const { status, stdout, stderr } = cluster.check(['--config', 'egress.yaml', '--dry-run', 'server']);
    assert.equal(status, 0, stderr);
    assert.equal(stdout, '');
    assert.equal(stderr.match(/WO5141/g)?.length, 6, stderr);
    assert.doesNotMatch(stderr, /WO5003|error\[/);
    assert.match(stderr, /WO5101\]: the mesh runs Istio 1\.30\.0/);
  });

  test('an account without it is told each right that it lacks, and nothing else happens', () => {
    const { status, stdout, stderr } = cluster.check(['--config', 'egress.yaml'], 'stranger');
    assert.equal(status, 1);
    assert.equal(stdout, '');
    for (const right of [
      'list namespaces',
      'list services',
      'list serviceentries.networking.istio.io',
      'list authorizationpolicies.security.istio.io',
      'get configmaps',
      'list deployments.apps',
      'list pods',
    ])
      assert.ok(stderr.includes(`this account may not ${right}\n`), `${right}: ${stderr}`);
    assert.match(cluster.wayout(['config', '--live'], 'stranger').stdout, /^$/);
  });

  test('an account that the server does not know', () => {
    const { status, stderr } = cluster.check([], 'nobody');
    assert.equal(status, 1);
    assert.match(stderr, /^error\[WO5006\]: https:\/\/127\.0\.0\.1:\d+ does not know this account: Unauthorized\n/);
  });

  test('EgressConfig that says other than the mesh', () => {
    const { status, stderr } = cluster.check([]);
    assert.equal(status, 1);
    assert.match(stderr, /WO5102\]: EgressConfig says trustDomain: cluster\.local, but the mesh's is shop\.example/);
    assert.match(stderr, /WO5103\]: EgressConfig says dnsCapture: false, but in the mesh it is true/);
    assert.match(stderr, /WO5104\]: EgressConfig says outboundTrafficPolicy: ALLOW_ANY/);
  });

  test('what the cluster has of somebody else: hosts, addresses, policies', async () => {
    const foreign: Manifest[] = [
      {
        apiVersion: 'networking.istio.io/v1',
        kind: 'ServiceEntry',
        metadata: { name: 'by-hand', namespace: 'shop' },
        spec: {
          hosts: ['api.payments.example'],
          ports: [{ number: 443, name: 'tls', protocol: 'TLS' }],
          resolution: 'DNS',
        },
      },
      {
        apiVersion: 'security.istio.io/v1',
        kind: 'AuthorizationPolicy',
        metadata: { name: 'open', namespace: 'istio-gateways' },
        spec: { selector: { matchLabels: { istio: 'egressgateway' } }, action: 'ALLOW', rules: [{}] },
      },
    ];
    for (const manifest of foreign) await cluster.apply(manifest);
    const { status, stderr } = cluster.check(['--config', 'egress.yaml']);
    for (const manifest of foreign) await cluster.remove(manifest);
    assert.equal(status, 1);
    assert.match(
      stderr,
      /WO3101\]: ServiceEntry shop\/by-hand already declares api\.payments\.example.*\n.*\n {2}it stands at <cluster>, ServiceEntry shop\/by-hand\n/,
    );
    assert.match(stderr, /WO3108\]: AuthorizationPolicy istio-gateways\/open/);
  });

  test('a gateway that does not run as it is written down', async () => {
    const told = (from: RegExp, to: string): string => {
      const text = readFileSync(join(cluster.folder, 'egress.yaml'), 'utf8').replace(from, to);
      writeFileSync(join(cluster.folder, 'other.yaml'), text);
      const { status, stderr } = cluster.check(['--config', 'other.yaml']);
      assert.equal(status, 1, stderr);
      return stderr;
    };
    assert.match(
      told(/targetPort: 8443/, 'targetPort: 9443'),
      /WO5113\]: port 443 of Service istio-gateways\/istio-egressgateway leads to port 8443 of the pods, not to 9443/,
    );
    assert.match(
      told(/(service:\n +namespace: istio-gateways\n +name: )istio-egressgateway/, '$1gone'),
      /WO5111\]: clients are sent to Service istio-gateways\/gone,/,
    );
    const service = manifestsIn(projectFile('test/e2e/live-cluster.yaml')).find(({ kind }) => kind === 'Service');
    assert.ok(service !== undefined);
    await cluster.remove(service);
    await cluster.apply({ ...service, spec: { selector: { istio: 'egressgateway' }, ports: [{ port: 8080 }] } });
    assert.match(
      told(/^/, ''),
      /WO5112\]: clients are sent to port 443 of Service istio-gateways\/istio-egressgateway, which has 8080\n/,
    );
    await cluster.remove(service);
    await cluster.apply(service);
  });

  test('a gateway without pods', async () => {
    const pod = manifestsIn(projectFile('test/e2e/live-cluster.yaml')).find(({ kind }) => kind === 'Pod');
    assert.ok(pod !== undefined);
    await cluster.remove(pod);
    const { stderr } = cluster.check(['--config', 'egress.yaml']);
    await cluster.apply(pod);
    assert.match(
      stderr,
      /WO5114\]: none of the 0 pods in namespace istio-gateways with labels \{istio=egressgateway\} is ready/,
    );
  });

  test('client namespaces that no sidecar is injected into', async () => {
    const file = join(cluster.folder, 'seen.yaml');
    const text = readFileSync(join(cluster.folder, 'egress.yaml'), 'utf8');
    writeFileSync(file, `${text}  visibility: {shop/payments: [checkout, default, far-away, calm]}\n`);
    await cluster.apply({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'calm', labels: { 'istio.io/dataplane-mode': 'ambient' } },
    });
    const { stderr } = cluster.check(['--config', 'seen.yaml']);
    await cluster.remove({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'calm' } });
    assert.match(stderr, /WO5131\]: namespace far-away may call external services, but the cluster does not have it/);
    assert.match(stderr, /WO5132\]: Istio injects no sidecar in namespace default:/);
    assert.match(stderr, /WO5133\]: namespace calm is in ambient mode/);
    assert.doesNotMatch(stderr, /WO513\d\]: .*(checkout|shop)/);
  });

  test('a kubeconfig that leads nowhere', () => {
    const { status, stderr } = cluster.check(['--context', 'elsewhere']);
    assert.equal(status, 1);
    assert.match(stderr, /^error\[WO5001\]: the kubeconfig leads to no cluster: it has no context "elsewhere"\n/);
  });

  test('drift, object by object', async () => {
    const rendered = cluster.wayout(['render', '--config', 'egress.yaml', 'sources']);
    const objects = manifestsIn(rendered.stdout);
    for (const manifest of objects) await cluster.apply(manifest);
    const quiet = cluster.check(['--config', 'egress.yaml', '--fail-on', 'drift']);
    assert.equal(quiet.status, 0, quiet.stderr);
    assert.doesNotMatch(quiet.stderr, /WO514/);

    const entry = objects.find(({ kind }) => kind === 'ServiceEntry');
    const rule = objects.find(({ kind }) => kind === 'VirtualService');
    assert.ok(entry !== undefined && rule !== undefined);
    await cluster.apply({ ...entry, spec: { ...(entry.spec as object), exportTo: ['*'] } });
    await cluster.remove(rule);
    await cluster.apply({ ...rule, metadata: { ...rule.metadata, name: 'left-over' } });
    const { status, stderr } = cluster.check(['--config', 'egress.yaml', '--fail-on', 'drift', '--format', 'json']);
    assert.equal(status, 1);
    const found = (JSON.parse(stderr) as { code: string; message: string }[]).filter(({ code }) =>
      code.startsWith('WO514'),
    );
    assert.deepEqual(found.map(({ code }) => code).sort(), ['WO5141', 'WO5142', 'WO5143']);
    assert.match(
      found.find(({ code }) => code === 'WO5142')?.message ?? '',
      /ServiceEntry shop\/payments .*: spec\.exportTo/,
    );
    for (const manifest of [...objects, { ...rule, metadata: { ...rule.metadata, name: 'left-over' } }])
      await cluster.remove(manifest);
  });

  test('under a guard: its policies drift too, and workloads of the cluster that go round it are named', async () => {
    const file = join(cluster.folder, 'guard.yaml');
    const text = readFileSync(join(cluster.folder, 'egress.yaml'), 'utf8');
    writeFileSync(file, `${text}  guard: {inCluster: [], clusterRanges: [10.0.0.0/8]}\n`);
    const workload: Manifest = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'night-shift', namespace: 'shop' },
      spec: {
        selector: { matchLabels: { app: 'night-shift' } },
        template: {
          metadata: { labels: { app: 'night-shift' } },
          spec: { hostNetwork: true, containers: [{ name: 'main', image: 'night:1' }] },
        },
      },
    };
    await cluster.apply(workload);
    const { status, stderr } = cluster.check(['--config', 'guard.yaml', '--dry-run', 'server']);
    await cluster.remove(workload);
    assert.equal(status, 0, stderr);
    assert.match(stderr, /WO5141\]: NetworkPolicy shop\/.* is rendered, and not in the cluster/);
    assert.match(stderr, /WO33\d\d\]: Deployment shop\/night-shift/);
  });

  test('a Secret that the gateway needs; of the Secret itself nothing is read', async () => {
    const file = join(cluster.folder, 'sources', 'bank.yaml');
    writeFileSync(
      file,
      `apiVersion: networking.gloo.solo.io/v2
kind: ExternalService
metadata: {name: bank, namespace: shop}
spec:
  hosts: [bank.example]
  ports:
  - number: 443
    name: https
    protocol: HTTPS
    clientsideTls: {mode: MUTUAL, credentialName: bank-client}
    egressGatewayRoutes: {virtualGatewayRefs: [{name: egress, namespace: istio-gateways}]}
`,
    );
    const secret = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'bank-client', namespace: 'istio-gateways' },
      stringData: { key: 'PRIVATE' },
    };
    const before = cluster.check(['--config', 'egress.yaml']);
    await cluster.apply(secret);
    const now = cluster.check(['--config', 'egress.yaml']);
    rmSync(file);
    assert.match(before.stderr, /WO5121\]: Secret istio-gateways\/bank-client is not there/);
    assert.equal(now.status, 0, now.stderr);
    assert.doesNotMatch(now.stderr + now.stdout, /WO5121|PRIVATE/);
  });

  test('the API server accepts every object of every case', async () => {
    const cases = readdirSync(join(root, 'test/cases')).flatMap(name => {
      const files = readdirSync(join(root, 'test/cases', name));
      return files.includes('output.yaml') ? [projectFile(`test/cases/${name}/output.yaml`)] : [];
    });
    const objects = cases
      .flatMap(manifestsIn)
      .filter(({ metadata }) => metadata?.labels?.['app.kubernetes.io/managed-by'] === 'wayout');
    assert.ok(objects.length > 400, String(objects.length));
    for (const name of new Set(objects.map(({ metadata }) => metadata.namespace ?? 'default')))
      await cluster.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
    process.env.KUBECONFIG = cluster.api.kubeconfig('admin');
    const report = new Report();
    const server = await connect({ timeout: 30, onPage: () => undefined });
    await dryRun({ items: objects.map(resource => ({ resource, from: seen(resource) })) }, server, report);
    assert.deepEqual(
      report.diagnostics.map(({ message }) => message),
      [],
    );
    // The judge must be able to say no.
    const bad = {
      apiVersion: 'networking.istio.io/v1',
      kind: 'ServiceEntry',
      metadata: { name: 'bad', namespace: 'shop' },
      spec: { hosts: ['a.example'], colour: 'red' },
    };
    await dryRun({ items: [{ resource: bad, from: seen(bad) }] }, server, report);
    const [{ code, message } = { code: '', message: '' }] = report.diagnostics;
    assert.match(`${code}: ${message}`, /WO5151: .*would refuse ServiceEntry shop\/bad: .*colour/);
  });

  test('a cluster without Istio', async () => {
    for (const name of ['serviceentries.networking.istio.io', 'sidecars.networking.istio.io'])
      await cluster.api.send('DELETE', `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${name}`);
    await cluster.remove({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'istio', namespace: 'istio-system' },
    });
    const { status, stderr } = cluster.check(['--config', 'egress.yaml']);
    assert.equal(status, 1);
    assert.match(stderr, /WO5004\]: the cluster serves no ServiceEntry of networking\.istio\.io\/v1\n/);
    assert.match(stderr, /WO5005\]: ConfigMap istio-system\/istio is not there:/);
  });
});
