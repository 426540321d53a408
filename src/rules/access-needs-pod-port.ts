import { gatewaysOf } from '../plan.ts';
import { idOf, type Rule } from './rule.ts';

/** Two ports of one host are told apart at a gateway by the pods' ports alone; policies that differ need to know them. */
export const accessNeedsPodPort: Rule = ({ services, report }) => {
  for (const service of services) {
    if (service.access.length === 0) continue;
    for (const gateway of gatewaysOf(service)) {
      const listeners = new Set(service.ports.flatMap(({ routes }) => routes.filter(route => route.gateway === gateway).flatMap(route => [...route.listeners.values()])));
      const unknown = [...listeners].find(({ podPort }) => podPort === undefined);
      if (listeners.size > 1 && unknown !== undefined) {
        report.add('WO3019', unknown.origin, { service: idOf(service), gateway: idOf(gateway), port: unknown.number });
      }
    }
  }
};
