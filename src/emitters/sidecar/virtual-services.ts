import type { Resource } from '../../k8s/resource.ts';
import {
  type ExternalService,
  type Gateway,
  gatewaysOf,
  type Host,
  isHttp,
  isTls,
  type Port,
  type Route,
  visibleTo,
} from '../../plan.ts';
import { exportTo, gatewayHostName, hostName, metadata, serverGatewayName, serviceHost } from './identity.ts';

/** The way of each host that goes through gateways: from the mesh to a gateway, and from the gateway to the host. */
export function virtualServices(service: ExternalService): readonly Resource[] {
  const routed = service.ports.filter(({ routes }) => routes.length > 0);
  if (routed.length === 0) return [];
  return service.hosts.map(host => virtualService(service, host, routed));
}

function virtualService(service: ExternalService, host: Host, ports: readonly Port[]): Resource {
  const legs = ports.flatMap(port => [
    meshLeg(service, host, port),
    ...port.routes.map(route => gatewayLeg(service, host, port, route)),
  ]);
  const section = (name: Leg['section']) => legs.filter(leg => leg.section === name).map(({ entry }) => entry);
  const [http, tls, tcp] = [section('http'), section('tls'), section('tcp')];
  return {
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: metadata({ name: hostName(service, host), namespace: service.namespace }, service),
    spec: {
      hosts: [host.name],
      exportTo: exportTo(visibleTo(service)),
      gateways: ['mesh', ...gatewaysOf({ ports }).map(gateway => reference(service, gateway, host))],
      ...(http.length > 0 && { http }),
      ...(tls.length > 0 && { tls }),
      ...(tcp.length > 0 && { tcp }),
    },
  };
}

/** One entry of a VirtualService, and the list that it belongs to. */
interface Leg {
  readonly section: 'http' | 'tls' | 'tcp';
  readonly entry: object;
}

/** From a client's sidecar to the gateways of the port, in equal parts. */
function meshLeg(service: ExternalService, host: Host, { client, routes }: Port): Leg {
  const route = routes.map(({ gateway, listeners }) => ({
    destination: {
      host: serviceHost(gateway),
      subset: gatewayHostName(service, gateway, host),
      port: { number: listeners.get(host)?.number },
    },
    ...(routes.length > 1 && { weight: 1 }),
  }));
  const match = { gateways: ['mesh'], port: client.number };
  if (isHttp(client.protocol)) {
    // Retries belong to the gateway: at both hops they would multiply.
    return { section: 'http', entry: { match: [match], route, retries: { attempts: 0 } } };
  }
  if (isTls(client.protocol)) return { section: 'tls', entry: { match: [{ ...match, sniHosts: [host.name] }], route } };
  return { section: 'tcp', entry: { match: [match], route } };
}

/** From the gateway to the host. Where the hop's TLS has ended at the gateway, what is inside is requests, or opaque. */
function gatewayLeg(service: ExternalService, host: Host, { client }: Port, { gateway, listeners }: Route): Leg {
  const listener = listeners.get(host);
  const route = [{ destination: { host: host.name, port: { number: client.number } } }];
  const match = { gateways: [reference(service, gateway, host)], port: listener?.number };
  if (listener?.mode === 'PASSTHROUGH')
    return { section: 'tls', entry: { match: [{ ...match, sniHosts: [host.name] }], route } };
  return { section: isHttp(client.protocol) ? 'http' : 'tcp', entry: { match: [match], route } };
}

const reference = (service: ExternalService, gateway: Gateway, host: Host): string =>
  `${gateway.workloadNamespace}/${serverGatewayName(service, gateway, host)}`;
