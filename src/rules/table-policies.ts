import { qualified } from '../k8s/resource.ts';
import type { HttpRoute, ToExternalService } from '../routing.ts';
import type { Traffic } from '../traffic.ts';
import { isDivided, isHop, isOutside } from '../ways.ts';
import type { Rule } from './rule.ts';

/** Policies that a route of a table does not follow as its destinations would, and retries that two hops multiply. */
export const tablePolicies: Rule = ({ routeTables, report }) => {
  for (const route of routeTables.flatMap(({ http }) => http)) {
    const outside = destinationsOf(route);
    const hop = outside.find(each => isHop(each) && !isDivided(each.service, each.port));
    if (route.traffic.patience?.retries !== undefined && hop !== undefined)
      report.add('WO3206', route.origin, { service: qualified(hop.service) }, [
        { words: 'the policy stands at', where: route.traffic.patience.origin },
      ]);
    if (new Set(outside.map(({ port }) => port)).size + (isWhole(route, outside) ? 0 : 1) < 2) continue;
    for (const { origin, port, service } of outside.filter(each => each.port.routes.length === 0)) {
      const lost = parts.flatMap(part => (route.traffic[part] === undefined ? (port.traffic[part] ?? []) : []))[0];
      if (lost !== undefined)
        report.add('WO3205', origin, { service: qualified(service), port: port.name }, [
          { words: 'the policy stands at', where: lost.origin },
        ]);
    }
  }
};

/** What is said of a route, not of a destination. */
const parts = ['patience', 'fault', 'headers', 'cors', 'mirror'] as const satisfies readonly (keyof Traffic)[];

const destinationsOf = ({ action }: HttpRoute): readonly ToExternalService[] =>
  action.kind === 'forward' ? action.destinations.filter(isOutside) : [];

const isWhole = ({ action }: HttpRoute, outside: readonly ToExternalService[]): boolean =>
  action.kind !== 'forward' || action.destinations.length === outside.length;
