import type { Source } from '../diagnostics/report.ts';
import { serviceHost } from '../emitters/sidecar/identity.ts';
import { covers } from '../hosts.ts';
import { describe } from '../k8s/resource.ts';
import { type ExternalService, type Gateway, gatewaysOf } from '../plan.ts';
import { fullHost, namespaceOf, specOf, textsOf } from './foreign.ts';
import type { Rule } from './rule.ts';

/** A DestinationRule for the gateway's own host that hides our subsets: nearer to a client, or one that Istio does not merge with ours. */
export const gatewayDestinationRule: Rule = ({ services, witnesses, report }) => {
  const routed = services.filter(service => gatewaysOf(service).length > 0);
  if (routed.length === 0) return;
  const foreign = witnesses.of('networking.istio.io', 'DestinationRule');
  const byGateway = new Map(
    [...new Set(routed.flatMap(gatewaysOf))].map(gateway => [gateway, foreign.filter(rule => mayHide(rule, gateway))]),
  );
  for (const service of routed) {
    for (const gateway of gatewaysOf(service)) {
      for (const source of (byGateway.get(gateway) ?? []).filter(rule => isNear(rule, service, gateway))) {
        report.add('WO3104', gateway.origin, { host: serviceHost(gateway), object: describe(source.resource) }, [
          { words: 'it stands at', where: { source } },
          { words: 'the external service stands at', where: service.origin },
        ]);
      }
    }
  }
};

/** Whether a rule is for the gateway's host, and no part of what Istio merges with ours. */
function mayHide(source: Source, gateway: Gateway): boolean {
  const ours = serviceHost(gateway);
  const namespace = namespaceOf(source);
  const host = fullHost(String(specOf(source).host ?? '').toLowerCase(), namespace);
  if (namespace === gateway.workloadNamespace) return host === ours && !isMerged(source);
  return host === ours || covers(host, ours);
}

/** Whether a rule lies beside ours, or where a client looks first. */
function isNear(source: Source, { clients }: ExternalService, { workloadNamespace }: Gateway): boolean {
  const namespace = namespaceOf(source);
  return namespace === workloadNamespace || clients === 'everyone' || clients.includes(namespace);
}

/** Istio merges DestinationRules of one host and namespace whose exportTo and workloadSelector are the same. */
function isMerged(source: Source): boolean {
  const { exportTo, workloadSelector } = specOf(source);
  const names = textsOf(exportTo);
  return names.length === 1 && names[0] === '*' && workloadSelector === undefined;
}
