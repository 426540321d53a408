import { below } from '../draft.ts';
import { qualified } from '../k8s/resource.ts';
import type { Rule } from './rule.ts';

/** No copy can go to a service that was left out: another has its host, and the copy would go there past its gateway. */
export const copiesArrive: Rule = ({ services, routeTables, report }) => {
  const places = [
    ...services.flatMap(({ ports }) => ports.map(({ traffic }) => traffic)),
    ...routeTables.flatMap(({ http }) => http.map(({ traffic }) => traffic)),
  ];
  for (const mirror of new Set(places.flatMap(traffic => traffic.mirror ?? []))) {
    if (mirror.into === undefined || services.includes(mirror.into.service)) continue;
    const problem = `ExternalService ${qualified(mirror.into.service)} is left out (overlap: skip)`;
    report.add('WO2416', below(mirror.origin, 'destination'), { problem });
  }
};
