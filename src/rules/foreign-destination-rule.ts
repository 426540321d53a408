import { needsRule } from '../emitters/sidecar/destination-rules.ts';
import { grouped } from '../grouped.ts';
import { covers } from '../hosts.ts';
import { describe } from '../k8s/resource.ts';
import { type ExternalService, gatewaysOf } from '../plan.ts';
import { namespaceOf, specOf } from './foreign.ts';
import type { Rule } from './rule.ts';

/**
 * A DestinationRule for our host beside ours, or nearer to a client: Istio looks in the client's namespace, then in the service's.
 *
 * Source: Istio `pilot/pkg/model/push_context.go`, destinationRule().
 */
export const foreignDestinationRule: Rule = ({ services, witnesses, report }) => {
  if (services.length === 0) return;
  const foreign = witnesses.of('networking.istio.io', 'DestinationRule').map(source => ({
    source,
    namespace: namespaceOf(source),
    host: String(specOf(source).host ?? '').toLowerCase(),
  }));
  const byHost = grouped(foreign, ({ host }) => [host]);
  const wildcards = foreign.filter(({ host }) => host.startsWith('*'));
  for (const service of services) {
    const places = placesOf(service);
    for (const host of service.hosts) {
      const same = byHost
        .get(host.name)
        ?.find(({ namespace }) => places.beside.includes(namespace) || places.nearer(namespace));
      const wider = wildcards.find(rule => covers(rule.host, host.name) && places.nearer(rule.namespace));
      const found = same ?? wider;
      if (found === undefined) continue;
      report.add('WO3103', host.origin, { host: found.host, object: describe(found.source.resource) }, [
        { words: 'it stands at', where: { source: found.source } },
      ]);
    }
  }
};

/** The namespaces where ours lie, and those that a client looks into first. */
function placesOf(service: ExternalService): { beside: readonly string[]; nearer: (namespace: string) => boolean } {
  const hasDirect = service.ports.some(port => port.routes.length === 0 && needsRule(service, port));
  const isRouted = service.ports.some(({ routes }) => routes.length > 0);
  return {
    beside: [
      ...(hasDirect ? [service.namespace] : []),
      ...(isRouted ? gatewaysOf(service).map(({ workloadNamespace }) => workloadNamespace) : []),
    ],
    nearer: namespace =>
      hasDirect &&
      namespace !== service.namespace &&
      (service.clients === 'everyone' || service.clients.includes(namespace)),
  };
}
