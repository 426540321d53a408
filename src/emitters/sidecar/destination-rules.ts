import type { Resource } from '../../k8s/resource.ts';
import { type ExternalService, type Gateway, type Host, type Port, visibleTo } from '../../plan.ts';
import { failover, failsOver } from './failover.ts';
import { exportTo, gatewayHostName, hostName, metadata } from './identity.ts';
import { originationTls } from './origination.ts';

/** How sidecars reach a service themselves: one rule for each host, for the ports without a gateway. */
export function directRules(service: ExternalService): readonly Resource[] {
  const direct = service.ports.filter(({ routes }) => routes.length === 0);
  const place = (host: Host) => ({ name: hostName(service, host), namespace: service.namespace });
  return rules(service, direct, place, { exportTo: exportTo(visibleTo(service)) });
}

/** How a gateway reaches a service; seen by the gateway's pods alone, since a sidecar would open TLS once more. */
export function gatewayRules(service: ExternalService, gateway: Gateway): readonly Resource[] {
  const routed = service.ports.filter(({ routes }) => routes.some(route => route.gateway === gateway));
  const place = (host: Host) => ({
    name: gatewayHostName(service, gateway, host),
    namespace: gateway.workloadNamespace,
  });
  return rules(service, routed, place, {
    exportTo: ['.'],
    workloadSelector: { matchLabels: gateway.workloadLabels },
  });
}

/** A rule for each host that needs one. */
function rules(
  service: ExternalService,
  ports: readonly Port[],
  place: (host: Host) => { readonly name: string; readonly namespace: string },
  scope: { readonly exportTo: readonly string[]; readonly workloadSelector?: object },
): readonly Resource[] {
  return service.hosts.flatMap(host => {
    const portLevelSettings = settings(service, host, ports);
    if (portLevelSettings.length === 0) return [];
    return [
      {
        apiVersion: 'networking.istio.io/v1',
        kind: 'DestinationRule',
        metadata: metadata(place(host), service),
        spec: { host: host.name, ...scope, trafficPolicy: { portLevelSettings } },
      },
    ];
  });
}

/** Everything for one port stands in one entry: Istio reads nothing above it (MergeTrafficPolicy). */
function settings(service: ExternalService, host: Host, ports: readonly Port[]) {
  const spreads = failsOver(service);
  return ports
    .filter(({ origination }) => origination !== undefined || spreads)
    .map(({ client, origination }) => ({
      port: { number: client.number },
      ...(origination !== undefined && { tls: originationTls(origination, host) }),
      ...(spreads && failover),
    }));
}
