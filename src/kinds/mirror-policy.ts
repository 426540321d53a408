import { below } from '../draft.ts';
import { type MirrorDestination, mirrorProblem, mirrorTarget } from '../resolve/mirror.ts';
import { sendersOf } from '../ways.ts';
import { trafficPolicy } from './traffic-policy.ts';

/** `config` of a `trafficcontrol.policy.gloo.solo.io/v2` MirrorPolicy. */
interface Config {
  readonly destination?: MirrorDestination;
  readonly percentage?: number;
}

/** A copy of each call, or of some, to another host. */
export const mirrorPolicy = trafficPolicy<Config, 'mirror'>({
  schema: 'mirror-policy',
  part: 'mirror',
  read({ destination, percentage }, origin, draft) {
    if (destination === undefined || origin.source === undefined) {
      draft.report.add('WO2405', origin, {});
      return undefined;
    }
    if (destination.weight !== undefined) {
      const args = {
        field: 'config.destination.weight',
        why: 'has no meaning for a copy, whose share is config.percentage',
      };
      draft.report.add('WO2407', below(origin, 'destination', 'weight'), args);
    }
    const target = mirrorTarget(destination, below(origin, 'destination'), origin.source, draft);
    if (target === undefined) return undefined;
    return { origin, ...target, ...(percentage !== undefined && { percent: percentage }) };
  },
  requestFields: () => ['config.destination'],
  serves(mirror, { service, port }, { report }) {
    const problem = mirrorProblem(mirror, service, port);
    if (problem !== undefined) report.add('WO2416', below(mirror.origin, 'destination'), { problem });
    return problem === undefined;
  },
  servesRoute(mirror, { table }, { report }) {
    const problem = mirrorProblem(mirror, { clients: sendersOf(table) }, { routes: [] });
    if (problem !== undefined) report.add('WO2416', below(mirror.origin, 'destination'), { problem });
    return problem === undefined;
  },
});
