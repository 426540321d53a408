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
import type { HttpRoute, RouteTable } from '../../routing.ts';
import { coversPort, isDivided, routesTo } from '../../ways.ts';
import { gatewayRoute, type Scope } from './http-routes.ts';
import { exportTo, hostName, metadata, serverGatewayName } from './identity.ts';
import { gatewayPolicies, isSteered, routePolicies } from './route-policies.ts';
import { type Leg, remainder, tableLegs, takesAll } from './table-legs.ts';
import { through } from './ways.ts';

/** The way of each host that goes through gateways or that tables or policies speak of: from the mesh to a gateway, from there to the host, or straight. */
export const virtualServices = (service: ExternalService): readonly Resource[] =>
  service.hosts.flatMap(host => {
    const ports = routedPorts(service, host);
    return ports.length === 0 && tablesFor(service, host).length === 0 ? [] : [virtualService(service, host, ports)];
  });

/** The ports of a host whose way a VirtualService says: if it says one direct port's, then that of every direct port with requests. */
export function routedPorts(service: ExternalService, host: Host): readonly Port[] {
  const steered = service.ports.some(isSteered) || tablesFor(service, host).length > 0;
  return service.ports.filter(({ routes, client }) => routes.length > 0 || (steered && isHttp(client.protocol)));
}

const tablesFor = ({ tables }: ExternalService, { name }: Host): readonly RouteTable[] =>
  tables.filter(({ hosts }) => hosts.some(host => host.name === name));

function virtualService(service: ExternalService, host: Host, ports: readonly Port[]): Resource {
  const through = gatewaysOf({ ports });
  const tables = tablesFor(service, host);
  const scopes = (workloads: readonly Readonly<Record<string, string>>[]) => meshScopes(workloads, through);
  const legs = [
    ...tables.flatMap(table => tableLegs(table, host.name, scopes)),
    ...ports.flatMap(port => [
      ...tables.flatMap(table => remainder(table, port, scopes(table.mesh?.workloads ?? []))),
      ...(tables.some(table => takesAll(table, port, host.name)) ? [] : [own(service, host, port, through)]),
      ...port.routes.flatMap(route => {
        const divided = isDivided(service, port) ? dividedRoutes(port, tables) : [];
        return [
          ...divided.map(each => dividedLeg(service, host, port, route, each)),
          ...(divided.some(each => isForAll(each, port)) ? [] : [gatewayLeg(service, host, port, route)]),
        ];
      }),
    ]),
  ];
  const section = (name: Leg['section']) => legs.filter(leg => leg.section === name).map(({ entry }) => entry);
  const [http, tls, tcp] = [section('http'), section('tls'), section('tcp')];
  return {
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: metadata({ name: hostName(service, host), namespace: service.namespace }, service),
    spec: {
      hosts: [host.name],
      exportTo: exportTo(visibleTo(service)),
      // Absent, it is the mesh.
      ...(through.length > 0 && { gateways: ['mesh', ...through.map(gateway => reference(service, gateway, host))] }),
      ...(http.length > 0 && { http }),
      ...(tls.length > 0 && { tls }),
      ...(tcp.length > 0 && { tcp }),
    },
  };
}

const meshScopes = (
  workloads: readonly Readonly<Record<string, string>>[],
  { length }: readonly Gateway[],
): readonly Scope[] => {
  const gateways = length > 0 ? { gateways: ['mesh'] } : {};
  return workloads.length === 0 ? [gateways] : workloads.map(sourceLabels => ({ ...gateways, sourceLabels }));
};

/** From a client's sidecar: to the gateways of the port, or to the host itself. */
const own = (service: ExternalService, host: Host, port: Port, through: readonly Gateway[]): Leg =>
  port.routes.length > 0 ? meshLeg(service, host, port) : directLeg(host, port, through);

/** From a client's sidecar to the gateways of the port, in equal parts. */
function meshLeg(service: ExternalService, host: Host, port: Port): Leg {
  const { client, routes } = port;
  const route = through(service, host, port).map(destination => ({
    destination,
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

/** From a client's sidecar to the host itself. */
const directLeg = (host: Host, port: Port, { length }: readonly Gateway[]): Leg => ({
  section: 'http',
  entry: {
    match: [{ ...(length > 0 && { gateways: ['mesh'] }), port: port.client.number }],
    route: [{ destination: { host: host.name, port: { number: port.client.number } } }],
    ...routePolicies(port.traffic),
  },
});

/** The routes of tables that stand at the gateways of a port. */
const dividedRoutes = (port: Port, tables: readonly RouteTable[]): readonly HttpRoute[] =>
  routesTo({ tables }, port).filter(({ matches }) => coversPort({ http: [{ matches }] }, port.client.number));

/** From the gateway to the host or to some of its endpoints, as a table says. */
function dividedLeg(
  service: ExternalService,
  host: Host,
  port: Port,
  { gateway, listeners }: Route,
  of: HttpRoute,
): Leg {
  const listener = listeners.get(host)?.number;
  const scope = { gateways: [reference(service, gateway, host)], ...(listener !== undefined && { port: listener }) };
  return { section: 'http', entry: gatewayRoute(of, port, host.name, scope) };
}

/** Whether a route takes every request on a port: what stands behind it would never be asked. */
const isForAll = ({ matches }: HttpRoute, { client }: Port): boolean =>
  matches.length === 0 ||
  matches.some(
    ({ path, method, headers, query, port = client.number }) =>
      path === undefined && method === undefined && headers.length + query.length === 0 && port === client.number,
  );

/** From the gateway to the host. Where the hop's TLS has ended at the gateway, what is inside is requests, or opaque. */
function gatewayLeg(service: ExternalService, host: Host, port: Port, { gateway, listeners }: Route): Leg {
  const { client } = port;
  const listener = listeners.get(host);
  const route = [{ destination: { host: host.name, port: { number: client.number } } }];
  const match = { gateways: [reference(service, gateway, host)], port: listener?.number };
  if (listener?.mode === 'PASSTHROUGH')
    return { section: 'tls', entry: { match: [{ ...match, sniHosts: [host.name] }], route } };
  if (!isHttp(client.protocol)) return { section: 'tcp', entry: { match: [match], route } };
  return { section: 'http', entry: { match: [match], route, ...gatewayPolicies(port.traffic) } };
}

const reference = (service: ExternalService, gateway: Gateway, host: Host): string =>
  `${gateway.workloadNamespace}/${serverGatewayName(service, gateway, host)}`;
