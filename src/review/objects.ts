import { grouped } from '../grouped.ts';
import { groupOf, type Resource } from '../k8s/resource.ts';
import { compare } from '../order.ts';
import { sourceOf } from '../read.ts';
import { fieldsOf, listOf, textsOf } from '../rules/foreign.ts';
import type { Destination } from './legs.ts';

/** The objects of one side that wayout made, looked up by what they say. */
export interface Objects {
  /** What was looked up: objects that no way is made from are not among them. */
  readonly consulted: ReadonlySet<Resource>;
  /** Notes that a way is made from an object. */
  consult(resource: Resource): void;
  readonly serviceEntries: readonly Resource[];
  /** VirtualServices of whatever source. */
  readonly routes: readonly Resource[];
  /** The VirtualServices of one source for a host. */
  virtualServices(source: string, host: string): readonly Resource[];
  /** The DestinationRules in a namespace for a host: those of the gateway's pods, or those of sidecars. */
  destinationRules(namespace: string, host: string, at: 'gateway' | 'sidecar'): readonly Resource[];
  /** The DestinationRule that says how a gateway is reached for one host, and the SNI that stands for the host. */
  hop(destination: Destination): { readonly rule: Resource; readonly sni: string | undefined } | undefined;
  readonly gateways: readonly Resource[];
  gateway(reference: string): Resource | undefined;
  /** Whether a NetworkPolicy says who may call the pods of a Gateway. */
  isClosed(gateway: Resource): boolean;
  /** The AuthorizationPolicies of one source in a namespace. */
  policies(source: string, namespace: string): readonly Resource[];
}

/** Makes the objects of one side ready to be looked up. */
export function objectsOf(resources: readonly Resource[]): Objects {
  const kinds = grouped(resources, resource => [`${groupOf(resource)}/${resource.kind}`]);
  const networking = (kind: string) => kinds.get(`networking.istio.io/${kind}`) ?? [];
  const routesOf = grouped(networking('VirtualService'), resource =>
    textsOf(specOf(resource).hosts).map(host => `${madeFrom(resource)} ${host}`),
  );
  const hops = grouped(networking('DestinationRule'), resource =>
    listOf(specOf(resource).subsets).map(subset => `${String(specOf(resource).host)} ${String(fieldsOf(subset).name)}`),
  );
  const rules = grouped(networking('DestinationRule'), resource => [
    `${namespaceOf(resource)} ${String(specOf(resource).host)} ${specOf(resource).workloadSelector === undefined ? 'sidecar' : 'gateway'}`,
  ]);
  const gateways = grouped(networking('Gateway'), resource => [`${namespaceOf(resource)}/${resource.metadata.name}`]);
  const policies = grouped(kinds.get('security.istio.io/AuthorizationPolicy') ?? [], resource => [
    `${madeFrom(resource)} ${namespaceOf(resource)}`,
  ]);
  const closed = new Set(
    (kinds.get('networking.k8s.io/NetworkPolicy') ?? [])
      .filter(resource => textsOf(specOf(resource).policyTypes).includes('Ingress'))
      .map(resource => podsOf(resource, fieldsOf(specOf(resource).podSelector).matchLabels)),
  );
  const consulted = new Set<Resource>();
  const found = (resources: readonly Resource[] = []): readonly Resource[] => {
    for (const resource of resources) consulted.add(resource);
    return resources;
  };
  return {
    consulted,
    consult: resource => void consulted.add(resource),
    serviceEntries: networking('ServiceEntry'),
    virtualServices: (source, host) => found(routesOf.get(`${source} ${host}`)),
    destinationRules: (namespace, host, at) => found(rules.get(`${namespace} ${host} ${at}`)),
    routes: networking('VirtualService'),
    hop: ({ host, port, subset = '' }) => {
      const [rule] = found(hops.get(`${host} ${subset}`)?.slice(0, 1));
      return rule && { rule, sni: sniOf(rule, subset, port) };
    },
    gateways: networking('Gateway'),
    gateway: reference => found(gateways.get(reference)?.slice(0, 1))[0],
    policies: (source, namespace) => found(policies.get(`${source} ${namespace}`)),
    isClosed: gateway => closed.has(podsOf(gateway, specOf(gateway).selector)),
  };
}

/** Pods of an object's namespace, by their labels. */
const podsOf = (resource: Resource, labels: unknown): string => {
  const sorted = Object.entries(fieldsOf(labels)).sort(([one], [other]) => compare(one, other));
  return `${namespaceOf(resource)} ${JSON.stringify(sorted)}`;
};

function sniOf(rule: Resource, subset: string, port: number): string | undefined {
  const subsets = listOf(specOf(rule).subsets).map(fieldsOf);
  const { trafficPolicy } = subsets.find(({ name }) => name === subset) ?? {};
  const settings = listOf(fieldsOf(trafficPolicy).portLevelSettings).map(fieldsOf);
  return textOf(fieldsOf(settings.find(entry => fieldsOf(entry.port).number === port)?.tls).sni);
}

/** The spec of an object; rendered output may have been edited, so nothing is certain of it. */
export const specOf = ({ spec }: Resource): Readonly<Record<string, unknown>> => fieldsOf(spec);

/** The namespace of an object; without one it is Kubernetes' default. */
export const namespaceOf = ({ metadata }: Resource): string => metadata.namespace ?? 'default';

/** The input that an object was made from. */
export const madeFrom = ({ metadata }: Resource): string => sourceOf(metadata) ?? '';

/** A number of an object; 0 for what is none. */
export const numberOf = (value: unknown): number => (typeof value === 'number' ? value : 0);

/** A text of an object; undefined for what is none. */
export const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** The namespaces that an object is exported to, but for those of its gateways, which have to see it. */
export function seenBy(resource: Resource, gateways: readonly string[]): readonly string[] {
  const exportTo = textsOf(specOf(resource).exportTo).map(item => (item === '.' ? namespaceOf(resource) : item));
  if (exportTo.length === 0 || exportTo.includes('*')) return ['*'];
  return exportTo.filter(namespace => namespace !== '~' && !gateways.includes(namespace));
}
