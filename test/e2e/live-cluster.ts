import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseAllDocuments } from 'yaml';
import { emittedKinds, guardedKinds, istioKinds } from '../../src/live/kinds.ts';
import { type ApiServer, projectFile, startApiServer } from './api-server.ts';
import { type Outcome, root } from './tools.ts';

/** A Kubernetes object of these tests. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly [key: string]: unknown;
}

/** The objects of a stream. */
export const manifestsIn = (text: string): Manifest[] =>
  parseAllDocuments(text)
    .map(document => document.toJS() as Manifest)
    .filter(Boolean);

/** A cluster with the egress example beside it, as users have it: the gateway's Service runs in the cluster, and nobody has written down what the mesh is like. */
export interface LiveCluster {
  readonly api: ApiServer;
  /** The folder that commands run in; the documents are in `sources` below it. */
  readonly folder: string;
  apply(manifest: Manifest): Promise<void>;
  remove(manifest: Manifest): Promise<void>;
  /** Runs the executable in the folder. */
  wayout(args: readonly string[], account?: Parameters<ApiServer['kubeconfig']>[0]): Outcome;
  /** `wayout check --live ARGS sources`. */
  check(args: readonly string[], account?: Parameters<ApiServer['kubeconfig']>[0]): Outcome;
  stop(): Promise<void>;
}

/** Starts an API server with Istio's CRDs, the objects of test/e2e/live-cluster.yaml, and the documented ClusterRoles bound to `readers`. */
export async function startCluster(): Promise<LiveCluster> {
  const api = await startApiServer();
  return prepared(api).catch(async error => {
    // Its processes would keep the test from ending.
    await api.stop();
    throw error;
  });
}

async function prepared(api: ApiServer): Promise<LiveCluster> {
  const folder = mkdtempSync(join(tmpdir(), 'wayout live '));
  writeSources(join(folder, 'sources'));
  const apply: LiveCluster['apply'] = async manifest => {
    const path = `${pathOf(manifest)}?fieldManager=test&force=true`;
    const { status, text } = await api.send('PATCH', path, manifest, 'application/apply-patch+yaml');
    assert.ok(status < 300, `${path}: ${text}`);
    if (manifest.status === undefined) return;
    const body = { status: manifest.status };
    await api.send('PATCH', `${pathOf(manifest)}/status`, body, 'application/merge-patch+json');
  };
  for (const crd of manifestsIn(crds())) await apply(crd);
  for (const kind of istioKinds) await served(api, `/apis/${kind.apiVersion}/${kind.plural}`);
  for (const manifest of manifestsIn(projectFile('test/e2e/live-cluster.yaml'))) await apply(manifest);
  for (const role of manifestsIn(projectFile('docs/live/cluster-role.yaml'))) {
    await apply(role);
    await apply(bindingOf(role));
  }
  const wayout: LiveCluster['wayout'] = (args, account = 'reader') =>
    spawnSync(join(root, 'plugin/wayout'), args, {
      encoding: 'utf8',
      env: { ...process.env, KUBECONFIG: api.kubeconfig(account) },
      cwd: folder,
    });
  return {
    api,
    folder,
    apply,
    async remove(manifest) {
      await api.send('DELETE', `${pathOf(manifest)}?gracePeriodSeconds=0`);
    },
    wayout,
    check: (args, account) => wayout(['check', '--live', ...args, 'sources'], account),
    async stop() {
      await api.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

function writeSources(sources: string): void {
  mkdirSync(sources);
  const example = 'kustomize-examples/egress-gateway/sources';
  for (const file of ['access.yaml', 'payments.yaml']) cpSync(join(root, example, file), join(sources, file));
  // Without the Service below it.
  writeFileSync(join(sources, 'gateway.yaml'), projectFile(`${example}/gateway.yaml`).split('---')[0] ?? '');
}

async function served(api: ApiServer, path: string): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    if ((await api.send('GET', path)).status === 200) return;
    await sleep(100);
  }
  assert.fail(`${path} is not served`);
}

const bindingOf = ({ metadata: { name } }: Manifest): Manifest => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRoleBinding',
  metadata: { name },
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name },
  subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'readers' }],
});

/** Istio's own CRDs, of the version that conformance runs. */
function crds(): string {
  const module = spawnSync('go', ['list', '-m', '-f', '{{.Dir}}', 'istio.io/istio'], {
    cwd: join(root, 'test/conformance'),
    encoding: 'utf8',
  });
  assert.equal(module.status, 0, module.stderr);
  return readFileSync(join(module.stdout.trim(), 'manifests/charts/base/files/crd-all.gen.yaml'), 'utf8');
}

const plurals: Readonly<Record<string, string>> = {
  ...Object.fromEntries([...emittedKinds, ...guardedKinds].map(({ kind, plural }) => [kind, plural])),
  Namespace: 'namespaces',
  Service: 'services',
  Pod: 'pods',
  Secret: 'secrets',
  ConfigMap: 'configmaps',
  Deployment: 'deployments',
  ClusterRole: 'clusterroles',
  ClusterRoleBinding: 'clusterrolebindings',
  CustomResourceDefinition: 'customresourcedefinitions',
};

const pathOf = ({ apiVersion, kind, metadata: { namespace, name } }: Manifest): string =>
  [
    apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`,
    ...(namespace === undefined ? [] : [`namespaces/${namespace}`]),
    plurals[kind],
    name,
  ].join('/');
