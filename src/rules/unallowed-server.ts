import { describe } from '../k8s/resource.ts';
import { type Gateway, gatewaysOf } from '../plan.ts';
import { isGenerated } from '../read.ts';
import { canMatch, guards, isAllow } from './foreign-allow-policy.ts';
import { covers, serversOf } from './foreign-gateway-server.ts';
import type { Rule } from './rule.ts';

/** Our policies turn a gateway into deny-by-default: a server there that no policy allows would be cut off. */
export const unallowedServer: Rule = ({ services, witnesses, report }) => {
  const used = new Map<string, Gateway>(
    services.flatMap(gatewaysOf).map(gateway => [`${gateway.workloadNamespace}/${gateway.service.name}`, gateway]),
  );
  if (used.size === 0) return;
  const policies = witnesses.of('security.istio.io', 'AuthorizationPolicy').filter(isAllow);
  const servers = witnesses.of('networking.istio.io', 'Gateway').filter(source => !isGenerated(source));
  for (const gateway of used.values()) {
    for (const server of servers.filter(source => covers(source, gateway)).flatMap(serversOf)) {
      const allowed = policies.some(policy => guards(policy, gateway) && canMatch(policy, server.hosts));
      if (allowed) continue;
      const where = { source: server.source, field: ['spec', 'servers', server.index] };
      report.add('WO3109', where, { object: describe(server.source.resource), hosts: server.hosts.join(', ') }, [
        { words: 'the gateway stands at', where: gateway.origin },
      ]);
    }
  }
};
