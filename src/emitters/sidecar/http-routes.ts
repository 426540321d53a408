import { type Forward, type HttpMatch, type HttpRoute, isHop, isOutside } from '../../routing.ts';
import type { Traffic } from '../../traffic.ts';
import { routePolicies } from './route-policies.ts';
import { waysOf } from './ways.ts';

/** Where an entry of a VirtualService holds: at some of its gateways, for some of the calling workloads. */
export interface Scope {
  readonly gateways?: readonly string[];
  readonly sourceLabels?: Readonly<Record<string, string>>;
}

/** An entry of `http`: what a table says of requests for one of its hosts. */
export function httpRoute(route: HttpRoute, asked: string, scopes: readonly Scope[]): object {
  const matches = route.matches.length > 0 ? route.matches : [anything];
  const match = matches.flatMap(each => scopes.map(scope => ({ ...scope, ...matchOf(each) })));
  return {
    ...(route.name !== undefined && { name: route.name }),
    // Absent, it is everything.
    ...(match.every(each => Object.keys(each).length > 0) && { match }),
    ...actionOf(route, asked),
  };
}

const anything: HttpMatch = { headers: [], query: [] };

function actionOf({ action, traffic }: HttpRoute, asked: string): object {
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
  return forward(action, traffic, asked);
}

function forward(action: Forward, own: Traffic, asked: string): object {
  const ways = waysOf(action, asked);
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
    route: ways.map(({ destination, weight, authority: name }) => ({
      destination,
      ...(ways.length > 1 && { weight }),
      ...(!isOne && name !== undefined && { headers: { request: { set: { Host: name } } } }),
    })),
    ...(Object.keys(rewrite).length > 0 && { rewrite }),
    ...routePolicies({ ...inherited(action), ...own }),
    // Retries belong to the gateway: at both hops they would multiply.
    ...(action.destinations.every(isHop) && { retries: { attempts: 0 } }),
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
