import { covers } from './hosts.ts';
import { union } from './namespaces.ts';
import type { ExternalService, Host, Namespaces, Port } from './plan.ts';
import type { Destination, Forward, HttpRoute, RouteTable, ToExternalService } from './routing.ts';

/** The host of an external service by which a call for some name is sent on; where none of them is that name, the first that is a name of its own. */
export function hostFor({ hosts }: Pick<ExternalService, 'hosts'>, asked: string): Host | undefined {
  return (
    hosts.find(({ name }) => name === asked) ??
    hosts.find(({ kind, name }) => kind === 'wildcard' && asked !== '*' && covers(name, asked)) ??
    hosts.find(({ kind }) => kind === 'name' || kind === 'address')
  );
}

/** Whether a name is a host, or lies below it. */
export const isNamed = ({ kind, name }: Host, asked: string): boolean =>
  name === asked || (kind === 'wildcard' && asked !== '*' && covers(name, asked));

/** Whether a destination is an external service. */
export const isOutside = (destination: Destination): destination is ToExternalService => 'service' in destination;

/** Whether calls go through an egress gateway on the way to a destination. */
export const isHop = (destination: Destination): destination is ToExternalService =>
  isOutside(destination) && destination.port.routes.length > 0;

/**
 * Whether the routes of tables to a port stand at its gateways, the way there being as plain as without them: there alone
 * endpoints are told apart, and there alone a call is tried again.
 */
export const isDivided = (service: ExternalService, port: Port): boolean =>
  port.tabled && routesTo(service, port).some(route => route.traffic.patience !== undefined || hasSubset(route));

/** Whether a route stands at the gateways of the port that it leads to; the mesh then only leads there. */
export const standsAtGateway = ({ destinations: [first] }: Pick<Forward, 'destinations'>): boolean =>
  first !== undefined && isOutside(first) && isDivided(first.service, first.port);

/** The routes of a service's own tables that lead to a port of it. */
export const routesTo = ({ tables }: Pick<ExternalService, 'tables'>, port: Port): readonly HttpRoute[] =>
  tables.flatMap(({ http }) => http.filter(route => leadsTo(route, port)));

/** Whether a route leads to a port of an external service. */
export const leadsTo = ({ action }: HttpRoute, port: Port): boolean =>
  action.kind === 'forward' && action.destinations.some(each => isOutside(each) && each.port === port);

const hasSubset = ({ action }: HttpRoute): boolean =>
  action.kind === 'forward' && action.destinations.some(({ subset }) => subset !== undefined);

/** Whether a table says where requests on a port of one of its hosts go: then nothing else does. */
export const coversPort = ({ http }: { readonly http: readonly Pick<HttpRoute, 'matches'>[] }, port: number): boolean =>
  http.some(
    ({ matches }) => matches.length === 0 || matches.some(match => match.port === undefined || match.port === port),
  );

/** Every namespace that must see a table's routes: its clients' and its gateways'. */
export const namespacesOf = ({ mesh, gateways }: RouteTable): Namespaces =>
  mesh?.clients === 'everyone'
    ? 'everyone'
    : [...new Set([...(mesh?.clients ?? []), ...gateways.flatMap(({ namespaces }) => namespaces)])].sort();

/** The namespaces whose sidecars follow a table: on the host of an external service all that call it. */
export const followersOf = ({ mesh, hosts }: RouteTable): Namespaces =>
  mesh === undefined
    ? []
    : union([mesh.clients, ...hosts.flatMap(({ service }) => (service === undefined ? [] : [callersOf(service)]))]);

const callersOf = ({ clients, ingresses }: ExternalService): Namespaces =>
  clients === 'everyone' ? clients : clients.filter(namespace => !ingresses.includes(namespace));

/** The namespaces whose proxies follow a table: sidecars, and gateways where calls come in. */
export const sendersOf = (table: RouteTable): Namespaces =>
  union([followersOf(table), ...table.gateways.map(({ namespaces }) => namespaces)]);
