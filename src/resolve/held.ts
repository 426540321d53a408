import type { Config } from '../config.ts';
import type { Report } from '../diagnostics/report.ts';
import type { Guard } from '../guard.ts';
import { qualified } from '../k8s/resource.ts';
import type { Layer } from '../options.ts';
import { type ExternalService, gatewaysOf } from '../plan.ts';

/** The namespaces that leave by gateways alone: those of the gateways' clients, but for those of gateways, which others pass too. Without a guard: none. */
export function heldBy(services: readonly ExternalService[], { guard }: Config): ReadonlySet<string> {
  if (guard === undefined) return new Set();
  const gateways = gatewayNamespaces(services);
  const clients = services.flatMap(service =>
    service.clients === 'everyone' || gatewaysOf(service).length === 0 ? [] : service.clients,
  );
  return new Set([...clients, ...(guard.namespaces ?? [])].filter(namespace => !gateways.has(namespace)));
}

const gatewayNamespaces = (services: readonly ExternalService[]): ReadonlySet<string> =>
  new Set([
    ...services.flatMap(gatewaysOf).map(({ workloadNamespace }) => workloadNamespace),
    ...services.flatMap(({ ingresses }) => ingresses),
  ]);

/** Reports the clients that nobody holds, and the namespaces that the guard names and no policy of this list holds. */
export function reportHeld(
  services: readonly ExternalService[],
  guard: Guard,
  layers: readonly Layer[],
  report: Report,
): void {
  const gateways = gatewayNamespaces(services);
  const layer = layers.findLast(({ spec }) => spec.guard !== undefined);
  const named = layer?.spec.guard?.namespaces ?? [];
  // It was to be held whatever is declared.
  for (const [index, namespace] of named.entries())
    if (gateways.has(namespace)) report.add('WO2620', layer?.at('guard', 'namespaces', index), { namespace });
  const some = new Set(services.flatMap(({ clients }) => (clients === 'everyone' ? [] : clients)));
  const all = services.some(({ clients }) => clients === 'everyone') ? guard.held : some;
  const elsewhere = named.filter(
    namespace => !gateways.has(namespace) && !(guard.held.has(namespace) && all.has(namespace)),
  );
  if (elsewhere.length > 0)
    report.add('WO2621', layer?.at('guard', 'namespaces'), { namespaces: elsewhere.join(', ') });
  reportClients(services, new Set([...gateways].filter(namespace => !named.includes(namespace))), report);
}

function reportClients(services: readonly ExternalService[], gateways: ReadonlySet<string>, report: Report): void {
  const said = new Set<string>();
  for (const service of services.filter(each => gatewaysOf(each).length > 0)) {
    if (service.clients === 'everyone') {
      report.add('WO2603', service.origin, { service: qualified(service) });
      continue;
    }
    for (const namespace of service.clients) {
      if (!gateways.has(namespace) || said.has(namespace)) continue;
      said.add(namespace);
      report.add('WO2607', service.origin, { namespace, service: qualified(service) });
    }
  }
}
