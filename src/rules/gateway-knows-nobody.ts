import { qualified } from '../k8s/resource.ts';
import type { Rule } from './rule.ts';

/** Behind a PASSTHROUGH listener the gateway sees the application's TLS, and nobody's identity. */
export const gatewayKnowsNobody: Rule = ({ services, report }) => {
  for (const { ports } of services) {
    for (const { origin, listeners, gateway } of ports.flatMap(({ routes }) => routes)) {
      for (const [host, { mode }] of listeners) {
        if (mode === 'PASSTHROUGH') report.add('WO3017', origin, { host: host.name, gateway: qualified(gateway) });
      }
    }
  }
};
