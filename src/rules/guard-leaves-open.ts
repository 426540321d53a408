import { heldBy } from '../resolve/held.ts';
import type { Rule } from './rule.ts';

/** What a guard leaves open unless it is told more: everything in the cluster, and sidecars that let out what is then dropped. */
export const guardLeavesOpen: Rule = ({ services, config, report }) => {
  if (config.guard === undefined) return;
  const held = [...heldBy(services, config)].sort();
  if (config.guard.inCluster === undefined && held.length > 0)
    report.add('WO3301', services[0]?.origin, { namespaces: held.join(', ') });
  const open = held.filter(namespace => !config.registryOnly.includes(namespace));
  if (config.outboundTrafficPolicy === 'ALLOW_ANY' && open.length > 0)
    report.add('WO3302', services[0]?.origin, { namespaces: open.join(', ') });
};
