import { grouped } from '../grouped.ts';
import { groupOf, type Resource } from '../k8s/resource.ts';
import { sourceOf } from '../read.ts';
import { fieldsOf, listOf, textsOf } from '../rules/foreign.ts';
import type { Destination } from './legs.ts';

/** The objects of one side that wayout made, looked up by what they say. */
export interface Objects {
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
  return {
    serviceEntries: networking('ServiceEntry'),
    virtualServices: (source, host) => routesOf.get(`${source} ${host}`) ?? [],
    destinationRules: (namespace, host, at) => rules.get(`${namespace} ${host} ${at}`) ?? [],
    routes: networking('VirtualService'),
    hop: ({ host, port, subset = '' }) => {
      const [rule] = hops.get(`${host} ${subset}`) ?? [];
      return rule && { rule, sni: sniOf(rule, subset, port) };
    },
    gateways: networking('Gateway'),
    gateway: reference => gateways.get(reference)?.[0],
    policies: (source, namespace) => policies.get(`${source} ${namespace}`) ?? [],
  };
}

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
