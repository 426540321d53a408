import { below } from '../draft.ts';
import { qualified } from '../k8s/resource.ts';
import { mirrorProblem } from '../resolve/mirror.ts';
import { isDivided, routesTo } from '../ways.ts';
import type { Rule } from './rule.ts';

/** No copy can go to a service that was left out: another has its host, and the copy would go there past its gateway. Nor to one that is not seen at the gateway where a table's route comes to stand. */
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
  for (const service of services) {
    for (const port of service.ports.filter(each => isDivided(service, each))) {
      for (const mirror of new Set(routesTo(service, port).flatMap(({ traffic }) => traffic.mirror ?? []))) {
        const problem = mirrorProblem(mirror, service, port);
        if (problem !== undefined) report.add('WO2416', below(mirror.origin, 'destination'), { problem });
      }
    }
  }
};
