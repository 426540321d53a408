import { isOutside } from '../ways.ts';
import type { Rule } from './rule.ts';

/** At a gateway a copy that leaves must not say who called; then a Service of the cluster that the same route leads to is not told either. */
export const copiesNameNobody: Rule = ({ routeTables, report }) => {
  for (const { gateways, http } of routeTables.filter(table => table.gateways.length > 0)) {
    for (const { action, traffic, origin } of http) {
      if (traffic.mirror?.into === undefined || action.kind !== 'forward') continue;
      const told = action.destinations.find(destination => !isOutside(destination));
      if (told === undefined || isOutside(told)) continue;
      const args = { host: told.host, gateway: gateways[0]?.reference ?? '' };
      report.add('WO2561', origin, args, [{ words: 'the policy stands at', where: traffic.mirror.origin }]);
    }
  }
};
