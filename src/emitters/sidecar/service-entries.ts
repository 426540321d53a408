import { nameFrom } from '../../k8s/names.ts';
import type { Resource } from '../../k8s/resource.ts';
import { type Endpoint, type ExternalService, type Host, isOpaque, type Port, visibleTo } from '../../plan.ts';
import { exportTo, hostName, metadata } from './identity.ts';

/** What makes the mesh know a service: hosts that can share a ServiceEntry do, the others have their own. */
export function serviceEntries(service: ExternalService): readonly Resource[] {
  const { hosts, endpoints } = service;
  const alone = hosts.filter(
    host => host.address !== undefined || service.ports.some(({ protocol }) => isOpaque(protocol)),
  );
  const open = hosts.filter(host => !alone.includes(host) && host.kind === 'wildcard' && endpoints.length === 0);
  const together = hosts.filter(host => !alone.includes(host) && !open.includes(host));
  return [
    ...(together.length > 0 ? [serviceEntry(service, nameFrom(service.name), together)] : []),
    ...(open.length > 0 ? [serviceEntry(service, nameFrom(service.name, 'wildcard'), open)] : []),
    ...alone.map(host => serviceEntry(service, hostName(service, host), [host])),
  ];
}

function serviceEntry(service: ExternalService, name: string, hosts: readonly Host[]): Resource {
  const resolution = resolutionOf(service, hosts);
  const endpoints = resolution === 'NONE' ? [] : endpointsOf(service, hosts);
  const addresses = hosts.flatMap(({ address }) => address ?? []);
  return {
    apiVersion: 'networking.istio.io/v1',
    kind: 'ServiceEntry',
    metadata: metadata({ name, namespace: service.namespace }, service),
    spec: {
      hosts: hosts.map(host => host.name),
      ...(addresses.length > 0 && { addresses }),
      exportTo: exportTo(visibleTo(service)),
      location: 'MESH_EXTERNAL',
      resolution,
      ports: service.ports.map(port => servicePort(port, hosts, endpoints.length > 0)),
      ...(endpoints.length > 0 && { endpoints }),
    },
  };
}

/** NONE sends a call where the client addressed it; DNS asks for the host, or for each endpoint that has a name. */
function resolutionOf({ endpoints }: ExternalService, hosts: readonly Host[]): 'NONE' | 'STATIC' | 'DNS' {
  if (endpoints.length > 0) return endpoints.some(({ kind }) => kind === 'name') ? 'DNS' : 'STATIC';
  if (hosts.some(({ kind }) => kind === 'wildcard' || kind === 'range')) return 'NONE';
  return hosts.some(({ kind }) => kind === 'address') ? 'STATIC' : 'DNS';
}

/** The client's port alone is declared: a port of the outside beside it would be a way past the gateway. */
function servicePort(port: Port, hosts: readonly Host[], hasEndpoints: boolean) {
  const range = hosts.some(({ kind }) => kind === 'range');
  const passes = hosts.some(({ kind }) => kind === 'wildcard' || kind === 'range');
  const differs = port.target !== port.client.number;
  return {
    number: port.client.number,
    name: port.name,
    // Only an address is known of a range: a proxy that reads requests there sends them wherever the Host header says.
    protocol: range ? 'TCP' : port.client.protocol,
    ...(!hasEndpoints && (!passes || differs) && { targetPort: port.target }),
  };
}

function endpointsOf({ ports, endpoints }: ExternalService, hosts: readonly Host[]) {
  if (endpoints.length > 0) return endpoints.map(workloadEntry);
  return hosts.flatMap(({ kind, address }) =>
    kind === 'address' ? [{ address, ports: Object.fromEntries(ports.map(port => [port.name, port.target])) }] : [],
  );
}

const workloadEntry = ({ address, ports, labels, locality }: Endpoint) => ({
  address,
  ...(Object.keys(ports).length > 0 && { ports }),
  ...(Object.keys(labels).length > 0 && { labels }),
  ...(locality !== undefined && { locality }),
});
