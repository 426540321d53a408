import { grouped } from '../grouped.ts';
import { groupOf, type Resource } from '../k8s/resource.ts';
import { sourceOf } from '../read.ts';
import { fieldsOf, textsOf } from '../rules/foreign.ts';

/** The objects of one side that wayout made, looked up by what they say. */
export interface Objects {
  readonly serviceEntries: readonly Resource[];
  /** The VirtualServices of one source for a host. */
  virtualServices(source: string, host: string): readonly Resource[];
  /** The DestinationRules in a namespace for a host: those of the gateway's pods, or those of sidecars. */
  destinationRules(namespace: string, host: string, at: 'gateway' | 'sidecar'): readonly Resource[];
  readonly gateways: readonly Resource[];
  gateway(reference: string): Resource | undefined;
  /** The AuthorizationPolicies of one source in a namespace. */
  policies(source: string, namespace: string): readonly Resource[];
}

/** Makes the objects of one side ready to be looked up. */
export function objectsOf(resources: readonly Resource[]): Objects {
  const kinds = grouped(resources, resource => [`${groupOf(resource)}/${resource.kind}`]);
  const networking = (kind: string) => kinds.get(`networking.istio.io/${kind}`) ?? [];
  const routes = grouped(networking('VirtualService'), resource =>
    textsOf(specOf(resource).hosts).map(host => `${madeFrom(resource)} ${host}`),
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
    virtualServices: (source, host) => routes.get(`${source} ${host}`) ?? [],
    destinationRules: (namespace, host, at) => rules.get(`${namespace} ${host} ${at}`) ?? [],
    gateways: networking('Gateway'),
    gateway: reference => gateways.get(reference)?.[0],
    policies: (source, namespace) => policies.get(`${source} ${namespace}`) ?? [],
  };
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
