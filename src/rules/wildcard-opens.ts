import { isOpaque } from '../plan.ts';
import type { Rule } from './rule.ts';

/** A wildcard without endpoints sends a call wherever the client addressed it; for TCP nothing at all would hold it. */
export const wildcardOpens: Rule = ({ services, report }) => {
  for (const { hosts, ports, endpoints } of services) {
    if (endpoints.length > 0 || ports.length === 0) continue;
    for (const host of hosts.filter(({ kind }) => kind === 'wildcard')) {
      const opaque = ports.find(({ protocol }) => isOpaque(protocol));
      if (opaque === undefined) report.add('WO3014', host.origin, { host: host.name });
      else
        report.add('WO3015', host.origin, { host: host.name, port: opaque.name }, [
          { words: 'the port stands at', where: opaque.origin },
        ]);
    }
  }
};
