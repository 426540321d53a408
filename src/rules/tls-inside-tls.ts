import { isTls } from '../plan.ts';
import type { Rule } from './rule.ts';

/** A port that applications call by TLS, and that the sidecar would open as TLS once more. */
export const tlsInsideTls: Rule = ({ services, report }) => {
  for (const { ports } of services) {
    for (const { name, client, origination } of ports) {
      if (isTls(client.protocol) && origination !== undefined) report.add('WO3013', origination.origin, { port: name });
    }
  }
};
