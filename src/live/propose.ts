import type { GatewayConfig } from '../config.ts';
import type { Source } from '../diagnostics/report.ts';
import { bears } from '../k8s/labels.ts';
import type { Resource } from '../k8s/resource.ts';
import { fieldsOf, labelsOf, listOf, namespaceOf, specOf } from '../rules/foreign.ts';
import type { Witnesses } from '../witnesses.ts';
import type { Mesh } from './mesh.ts';
import { containersOf, podPortOf } from './pods.ts';

/** What a proposal is made from. */
export interface Findings {
  readonly mesh: Mesh | undefined;
  readonly observed: Witnesses;
  /** The pods that bear the label `istio`. */
  readonly pods: readonly Resource[];
  /** The VirtualGateways of the user's own documents; none: every gateway of the cluster is proposed, under its Service's name. */
  readonly virtualGateways: readonly Source[];
}

/** The EgressConfig that a cluster needs, so that nobody types it by hand. */
export function propose({ mesh, observed, pods, virtualGateways }: Findings): Resource {
  const services = observed.of('', 'Service');
  const found = services.flatMap(source => gatewayOf(source, pods) ?? []);
  const gateways = virtualGateways.length === 0 ? found : virtualGateways.flatMap(source => named(source, found));
  const namespaces = observed.of('', 'Namespace').map(({ resource }) => resource.metadata.name);
  return {
    apiVersion: 'wayout.dev/v1alpha1',
    kind: 'EgressConfig',
    metadata: { name: 'egress' },
    spec: {
      ...(mesh?.cluster !== undefined && { cluster: mesh.cluster }),
      ...(mesh !== undefined && {
        trustDomain: mesh.trustDomain,
        dnsCapture: mesh.dnsCapture,
        outboundTrafficPolicy: mesh.outboundTrafficPolicy,
      }),
      ...(namespaces.length > 0 && { namespaces: namespaces.toSorted() }),
      ...(gateways.length > 0 && { gateways }),
    },
  };
}

/** Ports by which a gateway is looked after, or joins clusters: never a way out. */
const ownPorts: ReadonlySet<unknown> = new Set([15012, 15017, 15021, 15090, 15443]);

/** A Service in front of pods that run Istio's proxy as a router. */
function gatewayOf(source: Source, pods: readonly Resource[]): GatewayConfig | undefined {
  const namespace = namespaceOf(source);
  const { selector, ports } = specOf(source);
  const labels = labelsOf(selector);
  if (Object.keys(labels).length === 0) return undefined;
  const behind = pods.filter(
    pod => pod.metadata.namespace === namespace && bears(pod.metadata.labels ?? {}, labels) && isRouter(pod),
  );
  if (behind.length === 0) return undefined;
  const { name } = source.resource.metadata;
  return {
    namespace,
    name,
    service: { namespace, name },
    selector: labels,
    ports: listOf(ports)
      .map(fieldsOf)
      .filter(({ port }) => typeof port === 'number' && !ownPorts.has(port))
      .map(port => portOf(port, behind)),
  };
}

const isRouter = (pod: Resource): boolean =>
  pod.metadata.annotations?.['inject.istio.io/templates']?.split(',').includes('gateway') === true ||
  containersOf(pod).some(({ args }) => listOf(args).includes('router'));

/** A port with the number that the pods listen on. */
function portOf(port: Readonly<Record<string, unknown>>, pods: readonly Resource[]) {
  const targetPort = podPortOf(port, pods);
  return {
    ...(typeof port.name === 'string' && { name: port.name }),
    number: Number(port.port),
    ...(targetPort !== undefined && { targetPort }),
  };
}

/** The gateways that a VirtualGateway means, under its own name. */
function named(source: Source, gateways: readonly GatewayConfig[]): readonly GatewayConfig[] {
  const workload = fieldsOf(fieldsOf(listOf(specOf(source).workloads)[0]).selector);
  const labels = labelsOf(workload.labels);
  const namespace = typeof workload.namespace === 'string' ? workload.namespace : namespaceOf(source);
  const found = gateways.find(
    ({ namespace: place, selector = {} }) =>
      place === namespace && (bears(selector, labels) || bears(labels, selector)),
  );
  return found === undefined ? [] : [{ ...found, namespace: namespaceOf(source), name: source.resource.metadata.name }];
}
