import { qualified } from '../k8s/resource.ts';
import { samePods } from '../passages.ts';
import { gatewaysOf } from '../plan.ts';
import type { Rule } from './rule.ts';

/** Behind PASSTHROUGH a wildcard's rule names no client and takes in every SNI below it, those of mutual listeners too. */
export const wildcardPassesThrough: Rule = ({ services, report }) => {
  const gateways = [...new Set(services.flatMap(gatewaysOf))];
  for (const { ports } of services) {
    for (const { gateway, listeners } of ports.flatMap(({ routes }) => routes)) {
      const closed = gateways
        .filter(other => samePods(other, gateway))
        .flatMap(other => other.listeners.find(({ mode }) => mode === 'ISTIO_MUTUAL') ?? [])[0];
      for (const [host, listener] of listeners) {
        if (host.kind !== 'wildcard' || listener.mode !== 'PASSTHROUGH' || closed === undefined) continue;
        report.add('WO3021', host.origin, { host: host.name, gateway: qualified(gateway) }, [
          { words: 'the mutual listener stands at', where: closed.origin },
        ]);
      }
    }
  }
};
