import { qualified } from '../k8s/resource.ts';
import type { HttpRoute } from '../routing.ts';
import { isDivided, routesTo } from '../ways.ts';
import type { Rule } from './rule.ts';

/** A route that stands at the gateway changes the path after the access policies have judged it: what they close could be reached by another path. */
export const rewritePassesAccess: Rule = ({ services, report }) => {
  for (const service of services) {
    for (const port of service.ports.filter(each => isDivided(service, each))) {
      const policy = service.access.find(({ ports, paths }) => ports.includes(port.number) && paths.length > 0);
      if (policy === undefined) continue;
      for (const { origin } of routesTo(service, port).filter(changesPath))
        report.add('WO2433', origin, { service: qualified(service) }, [
          { words: 'the policy stands at', where: policy.origin },
        ]);
    }
  }
};

const changesPath = ({ action }: HttpRoute): boolean =>
  action.kind === 'forward' && (action.path !== undefined || action.expression !== undefined);
