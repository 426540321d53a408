import { serviceHost } from '../emitters/sidecar/identity.ts';
import { covers } from '../hosts.ts';
import { qualified } from '../k8s/resource.ts';
import { gatewaysOf } from '../plan.ts';
import type { Rule } from './rule.ts';

/** A service that takes the host of a gateway hides the way of every other service to it. */
export const hostIsGateway: Rule = ({ services, report }) => {
  const gateways = new Map(services.flatMap(gatewaysOf).map(gateway => [serviceHost(gateway), gateway]));
  for (const host of services.flatMap(({ hosts }) => hosts)) {
    // Only a wildcard can mean several.
    const named = gateways.get(host.name);
    for (const [name, gateway] of host.kind === 'wildcard' ? gateways : named ? [[host.name, named] as const] : []) {
      if (host.name !== name && !covers(host.name, name)) continue;
      report.add('WO3024', host.origin, { host: host.name, gateway: qualified(gateway) }, [
        { words: 'the gateway stands at', where: gateway.origin },
      ]);
    }
  }
};
