import type { Resource } from '../../k8s/resource.ts';
import { type ExternalService, type Gateway, type Host, isHttp } from '../../plan.ts';
import { gatewayHostName, gatewayName, hopSni, metadata, serviceHost } from './identity.ts';

/**
 * How a client's sidecar reaches the gateway for this service: mutual TLS of the mesh with an SNI that the server expects.
 *
 * It lies in the gateway's namespace, the only one on the lookup path of every client; Istio merges it with those of other services.
 */
export const hop = (service: ExternalService, gateway: Gateway): Resource => ({
  apiVersion: 'networking.istio.io/v1',
  kind: 'DestinationRule',
  metadata: metadata({ name: gatewayName(service, gateway), namespace: gateway.workloadNamespace }, service),
  spec: {
    host: serviceHost(gateway),
    exportTo: ['*'],
    subsets: service.hosts.map(host => subset(service, gateway, host)),
  },
});

function subset(service: ExternalService, gateway: Gateway, host: Host) {
  const portLevelSettings = service.ports.flatMap(port =>
    port.routes
      .filter(route => route.gateway === gateway && route.listeners.get(host)?.mode === 'ISTIO_MUTUAL')
      .map(route => ({
        port: { number: route.listeners.get(host)?.number },
        tls: { mode: 'ISTIO_MUTUAL', sni: hopSni(host) },
        // The gateway's Service says nothing of HTTP/2, and HTTP/1.1 cannot carry it.
        ...(isHttp(port.client.protocol) &&
          port.client.protocol !== 'HTTP' && { connectionPool: { http: { h2UpgradePolicy: 'UPGRADE' } } }),
      })),
  );
  return {
    name: gatewayHostName(service, gateway, host),
    ...(portLevelSettings.length > 0 && { trafficPolicy: { portLevelSettings } }),
  };
}
