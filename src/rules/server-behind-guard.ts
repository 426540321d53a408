import { describe } from '../k8s/resource.ts';
import { gatewaysOf } from '../plan.ts';
import { isGenerated } from '../read.ts';
import { listOf, specOf } from './foreign.ts';
import { covers, serversOf } from './foreign-gateway-server.ts';
import { selects } from './foreign-network-policy.ts';
import type { Rule } from './rule.ts';

/** A guarded gateway lets in clients of external services, and out to their endpoints: a server of somebody else's is cut off on both sides. */
export const serverBehindGuard: Rule = ({ services, config, witnesses, report }) => {
  if (config.guard === undefined) return;
  const gateways = [...new Set(services.flatMap(gatewaysOf))];
  if (gateways.length === 0) return;
  const policies = witnesses.of('networking.k8s.io', 'NetworkPolicy').filter(each => !isGenerated(each));
  for (const source of witnesses.of('networking.istio.io', 'Gateway').filter(each => !isGenerated(each))) {
    const gateway = gateways.find(each => covers(source, each));
    // Who wrote a policy that lets somebody in has thought of it.
    if (
      gateway === undefined ||
      policies.some(each => selects(each, gateway) && listOf(specOf(each).ingress).length > 0)
    )
      continue;
    const hosts = serversOf(source).flatMap(server => server.hosts);
    report.add('WO3308', { source }, { object: describe(source.resource), hosts: hosts.join(', ') }, [
      { words: 'the gateway stands at', where: gateway.origin },
    ]);
  }
};
