import { covers, madeUpLabel } from '../../hosts.ts';
import { nameFrom, nameFromHost } from '../../k8s/names.ts';
import type { Metadata } from '../../k8s/resource.ts';
import { qualified } from '../../k8s/resource.ts';
import type { ExternalService, Gateway, Host } from '../../plan.ts';
import type { RouteTable } from '../../routing.ts';

/** The metadata of everything that is generated: it says who made it, and from what. */
export const metadata = (
  { name, namespace }: { readonly name: string; readonly namespace: string },
  from: ExternalService | RouteTable,
): Metadata => ({
  name,
  namespace,
  ...marks(`${'http' in from ? 'RouteTable' : 'ExternalService'}/${qualified(from)}`),
});

/** The marks of what is made from a source. */
export const marks = (source: string): Pick<Metadata, 'labels' | 'annotations'> => ({
  labels: { 'app.kubernetes.io/managed-by': 'wayout' },
  annotations: { 'wayout.dev/source': source },
});

/** The name of what a table has once for a host, in the table's namespace. */
export const tableName = ({ name }: RouteTable, host: string): string =>
  host === '*' ? nameFrom(name, 'routes') : nameFromHost(host, name, 'routes');

/** The name of what a service has once for a host, in the service's namespace. */
export const hostName = (service: ExternalService, host: Host): string =>
  host.kind === 'address' || host.kind === 'range'
    ? nameFrom(service.name, host.name.slice(0, host.name.indexOf('.')))
    : nameFromHost(host.name, service.name);

/** The name of what a service has once for a gateway, in the gateway's namespace. */
export const gatewayName = (service: ExternalService, gateway: Gateway): string =>
  nameFrom(...gatewayParts(service, gateway));

/**
 * The name of the Gateway that holds the servers of a host: the service's, or for a wildcard that takes in another of its hosts one of its own.
 *
 * In one Gateway a wildcard's VirtualService binds to the servers of the hosts below it too, and takes their calls if its name sorts first.
 */
export const serverGatewayName = (service: ExternalService, gateway: Gateway, host: Host): string =>
  service.hosts.some(other => covers(host.name, other.name))
    ? gatewayHostName(service, gateway, host)
    : gatewayName(service, gateway);

/** The name of what a service has once for a host at a gateway; also the subset of the hop, which Istio merges with others'. */
export const gatewayHostName = (service: ExternalService, gateway: Gateway, host: Host): string =>
  nameFromHost(host.name, ...gatewayParts(service, gateway));

/** The name of what the sidecars beside a gateway have for a host. */
export const besideGatewayName = (service: ExternalService, gateway: Gateway, host: Host): string =>
  nameFromHost(host.name, ...gatewayParts(service, gateway), 'direct');

/** A VirtualGateway that lies beside its pods is known by its name alone. */
const gatewayParts = (service: ExternalService, gateway: Gateway): readonly string[] => [
  service.name,
  service.namespace,
  gateway.namespace === gateway.workloadNamespace ? gateway.name : `${gateway.namespace}.${gateway.name}`,
];

/** The host of a gateway's Service. */
export const serviceHost = ({ service }: Gateway): string => `${service.name}.${service.namespace}.svc.cluster.local`;

/** The SNI of the hop: the host; for a wildcard a name below it that is no one's. */
export const hopSni = ({ kind, name }: Host): string => (kind === 'wildcard' ? `${madeUpLabel}${name.slice(1)}` : name);

/** `exportTo`, by name. */
export const exportTo = (namespaces: 'everyone' | readonly string[]): readonly string[] =>
  namespaces === 'everyone' ? ['*'] : namespaces;
