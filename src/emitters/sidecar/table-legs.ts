import { covers } from '../../hosts.ts';
import { isHttp, isOpaque, type Port } from '../../plan.ts';
import type { RouteTable, TcpRoute, TlsRoute } from '../../routing.ts';
import { coversPort } from '../../ways.ts';
import { httpRoute, type Scope } from './http-routes.ts';
import { waysOf } from './ways.ts';

/** One entry of a VirtualService, and the list that it belongs to. */
export interface Leg {
  readonly section: 'http' | 'tls' | 'tcp';
  readonly entry: object;
}

type Labels = Readonly<Record<string, string>>;

/** What a table says of calls for one of its hosts; `scopesFor` says where, by the workloads that follow a route, and `atGateways` whether gateways do. */
export function tableLegs(
  { http, tls, tcp, mesh }: RouteTable,
  asked: string,
  scopesFor: (workloads: readonly Labels[]) => readonly Scope[],
  atGateways = false,
): readonly Leg[] {
  const scopes = scopesFor(mesh?.workloads ?? []);
  return [
    ...http.map((route): Leg => {
      const entry = httpRoute(route, asked, { scopes: scopesFor(route.workloads), atGateways });
      return { section: 'http', entry };
    }),
    ...tls.flatMap(route => tlsLeg(route, asked, scopes)),
    ...tcp.map(route => tcpLeg(route, asked, scopes)),
  ];
}

/** Istio wants the names that a route asks for below the host of its VirtualService. */
function tlsLeg({ matches, destinations }: TlsRoute, asked: string, scopes: readonly Scope[]): readonly Leg[] {
  const match = matches.flatMap(({ names, port }) => {
    const sniHosts = names.filter(name => name === asked || covers(asked, name));
    return sniHosts.length === 0
      ? []
      : scopes.map(scope => ({ ...scope, ...(port !== undefined && { port }), sniHosts }));
  });
  return match.length === 0 ? [] : [{ section: 'tls', entry: { match, route: routeOf(destinations, asked) } }];
}

function tcpLeg({ ports, destinations }: TcpRoute, asked: string, scopes: readonly Scope[]): Leg {
  const match = (ports.length === 0 ? [{}] : ports.map(port => ({ port }))).flatMap(port =>
    scopes.map(scope => ({ ...scope, ...port })),
  );
  const isNarrow = match.every(each => Object.keys(each).length > 0);
  return { section: 'tcp', entry: { ...(isNarrow && { match }), route: routeOf(destinations, asked) } };
}

function routeOf(destinations: TcpRoute['destinations'], asked: string): readonly object[] {
  const ways = waysOf({ destinations }, asked);
  return ways.map(({ destination, weight }) => ({ destination, ...(ways.length > 1 && { weight }) }));
}

/** Where a table takes the place of a service's own route for some workloads: they get nothing but what it says. */
export const remainder = (table: RouteTable, { client }: Port, scopes: readonly Scope[]): readonly Leg[] =>
  (table.mesh?.workloads ?? []).length > 0 && isHttp(client.protocol) && coversPort(table, client.number)
    ? [
        {
          section: 'http',
          entry: {
            match: scopes.map(scope => ({ ...scope, port: client.number })),
            directResponse: { status: 404 },
          },
        },
      ]
    : [];

/** Whether a table says where all calls on a port of one of its hosts go. */
export function takesAll(table: RouteTable, { client }: Port, asked: string): boolean {
  if ((table.mesh?.workloads ?? []).length > 0) return false;
  if (isHttp(client.protocol)) return coversPort(table, client.number);
  if (isOpaque(client.protocol))
    return table.tcp.some(({ ports }) => ports.length === 0 || ports.includes(client.number));
  return table.tls.some(({ matches }) =>
    matches.some(({ names, port = client.number }) => names.includes(asked) && port === client.number),
  );
}
