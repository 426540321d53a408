import type { Config } from '../config.ts';
import type { Report } from '../diagnostics/report.ts';
import type { Resource } from '../k8s/resource.ts';
import { fieldsOf, listOf } from '../rules/foreign.ts';
import { parseValue } from '../yaml/value.ts';
import type { Cluster } from './cluster.ts';
import { configMaps, deployments } from './kinds.ts';
import { allowed } from './observe.ts';

/** What a mesh runs with, as istiod's MeshConfig and its Deployment say; Istio's defaults where they say nothing. */
export interface Mesh extends Pick<Config, 'trustDomain' | 'dnsCapture' | 'outboundTrafficPolicy'> {
  /** The version of istiod's image; absent where its tag names none. */
  readonly version?: string;
  /** `CLUSTER_ID` of istiod; absent for its default. */
  readonly cluster?: string;
}

/** The mesh whose istiod runs in a namespace; undefined, and reported, where none is found. */
export async function meshOf(cluster: Cluster, namespace: string, report: Report): Promise<Mesh | undefined> {
  const istiods = await allowed(() => cluster.list(deployments, { namespace, labelSelector: 'app=istiod' }), report);
  const istiod = istiods?.[0];
  const revision = istiod?.metadata.labels?.['istio.io/rev'] ?? 'default';
  const name = revision === 'default' ? 'istio' : `istio-${revision}`;
  const map = await allowed(() => cluster.read(configMaps, namespace, name), report);
  const text = fieldsOf(map?.data).mesh;
  const config = typeof text === 'string' ? parseValue(text) : undefined;
  if (config === undefined) {
    if (!report.diagnostics.some(({ code }) => code === 'WO5003'))
      report.add('WO5005', undefined, { namespace, object: `ConfigMap ${namespace}/${name}` });
    return undefined;
  }
  const { trustDomain, outboundTrafficPolicy, defaultConfig } = fieldsOf(config);
  const capture = fieldsOf(fieldsOf(defaultConfig).proxyMetadata).ISTIO_META_DNS_CAPTURE;
  const container = istiod === undefined ? {} : containerOf(istiod);
  const version = /:v?(\d+\.\d+[\w.-]*)(?:@|$)/.exec(String(container.image ?? ''))?.[1];
  const id = listOf(container.env)
    .map(fieldsOf)
    .find(variable => variable.name === 'CLUSTER_ID')?.value;
  return {
    trustDomain: typeof trustDomain === 'string' ? trustDomain : 'cluster.local',
    dnsCapture: String(capture) === 'true',
    outboundTrafficPolicy: fieldsOf(outboundTrafficPolicy).mode === 'REGISTRY_ONLY' ? 'REGISTRY_ONLY' : 'ALLOW_ANY',
    ...(version !== undefined && { version }),
    ...(typeof id === 'string' && id !== 'Kubernetes' && { cluster: id }),
  };
}

/** The first container of a Deployment's pods. */
const containerOf = (deployment: Resource) =>
  fieldsOf(listOf(fieldsOf(fieldsOf(fieldsOf(deployment.spec).template).spec).containers)[0]);
