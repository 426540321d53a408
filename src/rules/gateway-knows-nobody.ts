import type { Source } from '../diagnostics/report.ts';
import { qualified } from '../k8s/resource.ts';
import { listOf, specOf, textsOf } from './foreign.ts';
import { selects } from './foreign-network-policy.ts';
import type { Rule } from './rule.ts';

/** WO3017: behind a PASSTHROUGH listener the gateway sees the application's TLS, and no client's identity. */
export const gatewayKnowsNobody: Rule = ({ services, config, witnesses, report }) => {
  for (const { ports } of services) {
    for (const { origin, listeners, gateway } of ports.flatMap(({ routes }) => routes)) {
      for (const [host, { mode }] of listeners) {
        if (mode !== 'PASSTHROUGH') continue;
        const isClosed = (policy: Source): boolean => isForIngress(policy) && selects(policy, gateway);
        const isGuarded =
          config.guard !== undefined || witnesses.of('networking.k8s.io', 'NetworkPolicy').some(isClosed);
        report.add('WO3017', origin, { host: host.name, gateway: qualified(gateway), isGuarded });
      }
    }
  }
};

/** Whether a NetworkPolicy says who may call the pods that it selects; Kubernetes takes one without types for that. */
function isForIngress(policy: Source): boolean {
  const { policyTypes } = specOf(policy);
  return listOf(policyTypes).length === 0 || textsOf(policyTypes).includes('Ingress');
}
