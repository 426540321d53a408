import type { Config } from '../config.ts';
import { qualified } from '../k8s/resource.ts';
import type { ExternalService } from '../plan.ts';
import type { Rule } from './rule.ts';

/** A mesh alone holds nobody who dials an address himself: said once, with every service that a gateway should guard. */
export const clientsPassGateway: Rule = ({ services, config, report }) => {
  const routed = services.filter(({ ports }) => ports.some(({ routes }) => routes.length > 0));
  if (routed.length === 0 || config.guard !== undefined) return;
  const why = routed.some(service => isOpen(service, config))
    ? 'the mesh lets calls to unknown hosts out (outboundTrafficPolicy: ALLOW_ANY), and nothing holds a pod that goes round its sidecar'
    : 'REGISTRY_ONLY does not hold a pod that goes round its sidecar';
  report.add('WO3018', routed[0]?.origin, { services: routed.map(qualified).join(', '), why });
};

const isOpen = ({ clients }: ExternalService, { outboundTrafficPolicy, registryOnly }: Config): boolean =>
  outboundTrafficPolicy === 'ALLOW_ANY' &&
  (clients === 'everyone' || clients.some(namespace => !registryOnly.includes(namespace)));
