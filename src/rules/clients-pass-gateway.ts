import { qualified } from '../k8s/resource.ts';
import type { Rule } from './rule.ts';

/** A mesh alone holds nobody who dials an address himself: said once, with every service that a gateway should guard. */
export const clientsPassGateway: Rule = ({ services, config, report }) => {
  const guarded = services.filter(({ ports }) => ports.some(({ routes }) => routes.length > 0));
  if (guarded.length === 0) return;
  const why =
    config.outboundTrafficPolicy === 'ALLOW_ANY'
      ? 'the mesh lets calls to unknown hosts out (outboundTrafficPolicy: ALLOW_ANY), and nothing holds a pod that goes round its sidecar'
      : 'REGISTRY_ONLY does not hold a pod that goes round its sidecar';
  report.add('WO3018', guarded[0]?.origin, { services: guarded.map(qualified).join(', '), why });
};
