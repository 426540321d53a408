import type { Port } from '../../plan.ts';
import type { Forward, HttpMatch, HttpRoute } from '../../routing.ts';
import type { Traffic } from '../../traffic.ts';
import { isHop, isOutside, standsAtGateway } from '../../ways.ts';
import { clientCertificate, gatewayPolicies, routePolicies } from './route-policies.ts';
import { straight, type Way, waysOf } from './ways.ts';

/** Where an entry of a VirtualService holds: at some of its gateways, for some of the calling workloads. */
export interface Scope {
  readonly gateways?: readonly string[];
  readonly sourceLabels?: Readonly<Record<string, string>>;
}

/** Where an entry stands: its scopes, and whether there are gateways among them. */
interface Standing {
  readonly scopes: readonly Scope[];
  readonly atGateways: boolean;
}

/** An entry of `http`: what a table says of requests for one of its hosts. */
export function httpRoute(route: HttpRoute, asked: string, { scopes, atGateways }: Standing): object {
  const matches = route.matches.length > 0 ? route.matches : [anything];
  const match = matches.flatMap(each => scopes.map(scope => ({ ...scope, ...matchOf(each) })));
  return {
    ...(route.name !== undefined && { name: route.name }),
    // Absent, it is everything.
    ...(match.every(each => Object.keys(each).length > 0) && { match }),
    ...actionOf(route, asked, atGateways),
  };
}

const anything: HttpMatch = { headers: [], query: [] };

function actionOf({ action, traffic }: HttpRoute, asked: string, atGateways: boolean): object {
  if (action.kind === 'redirect') {
    const { path, host, status } = action;
    return {
      redirect: {
        ...(path !== undefined && { uri: path }),
        ...(host !== undefined && { authority: host }),
        redirectCode: status,
      },
    };
  }
  if (action.kind === 'response') {
    const { status, body } = action;
    return { directResponse: { status, ...(body !== undefined && { body: { string: body } }) } };
  }
  return forward(action, traffic, asked, atGateways);
}

function forward(action: Forward, own: Traffic, asked: string, atGateways: boolean): object {
  if (standsAtGateway(action))
    return {
      route: waysOf({ destinations: action.destinations.slice(0, 1) }, asked).map(equal),
      retries: { attempts: 0 },
    };
  const traffic = { ...inherited(action), ...own };
  // A copy is made of the request as the route leaves it, whatever its destination.
  const copiesLeave = atGateways && traffic.mirror?.into !== undefined;
  return {
    ...sent(action, waysOf(action, asked), atGateways && !copiesLeave),
    ...(copiesLeave ? gatewayPolicies(traffic) : routePolicies(traffic)),
    // Retries belong to the gateway: at both hops they would multiply.
    ...(action.destinations.every(isHop) && own.patience?.retries === undefined && { retries: { attempts: 0 } }),
  };
}

const equal = ({ destination }: Way, _: number, { length }: readonly Way[]) => ({
  destination,
  ...(length > 1 && { weight: 1 }),
});

/** A route of a table where it stands at the gateway of the port that it leads to: what policies say of the port holds for it too. */
export function gatewayRoute(
  route: HttpRoute,
  port: Port,
  asked: string,
  scope: Scope & { readonly port?: number },
): object {
  const matches = route.matches.filter(match => match.port === undefined || match.port === port.client.number);
  const { action, name, traffic } = route;
  if (action.kind !== 'forward') return {};
  return {
    ...(name !== undefined && { name }),
    // The port that the client dialled is not the gateway's.
    match: (matches.length > 0 ? matches : [anything]).map(({ port: _, ...match }) => ({
      ...scope,
      ...matchOf(match),
    })),
    ...sent(action, waysOf(action, asked, straight)),
    ...gatewayPolicies({ ...port.traffic, ...traffic }),
  };
}

/** Where a request goes, and what is made of its path and host. */
function sent(action: Forward, ways: readonly Way[], atGateways = false): object {
  const authority = ways[0]?.authority;
  const isOne = ways.every(way => way.authority === authority);
  const rewrite = {
    ...(action.path !== undefined && { uri: action.path }),
    ...(action.expression !== undefined && {
      uriRegexRewrite: { match: action.expression.match, rewrite: action.expression.substitution },
    }),
    ...(isOne && authority !== undefined && { authority }),
  };
  return {
    route: ways.map(({ destination, weight, authority: name, leaves }) => {
      const request = {
        ...(!isOne && name !== undefined && { set: { Host: name } }),
        ...(leaves && atGateways && { remove: [clientCertificate] }),
      };
      return {
        destination,
        ...(ways.length > 1 && { weight }),
        ...(Object.keys(request).length > 0 && { headers: { request } }),
      };
    }),
    ...(Object.keys(rewrite).length > 0 && { rewrite }),
  };
}

/** What policies say of a port that all calls of a route go straight to; behind a gateway they act there. */
function inherited({ destinations }: Forward): Traffic {
  const [first, ...others] = destinations;
  if (first === undefined || !isOutside(first) || first.port.routes.length > 0) return {};
  return others.every(other => isOutside(other) && other.port === first.port) ? first.port.traffic : {};
}

function matchOf({ path, headers, query, method, port }: HttpMatch): object {
  const [with_, without] = [false, true].map(inverted => named(headers.filter(header => header.inverted === inverted)));
  return {
    ...(path !== undefined && { uri: { [path.form]: path.text } }),
    ...(path?.ignoreCase === true && { ignoreUriCase: true }),
    ...(method !== undefined && { method: { exact: method } }),
    ...given('headers', with_),
    ...given('withoutHeaders', without),
    ...given('queryParams', named(query)),
    ...(port !== undefined && { port }),
  };
}

/** By name; an empty pattern asks that it be there. */
const named = (values: HttpMatch['query']): object =>
  Object.fromEntries(values.map(({ name, value }) => [name, value === undefined ? {} : { [value.form]: value.text }]));

const given = (field: string, values: object | undefined): object =>
  values !== undefined && Object.keys(values).length > 0 ? { [field]: values } : {};
