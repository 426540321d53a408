import { nameFromHost } from '../../k8s/names.ts';
import type { Resource } from '../../k8s/resource.ts';
import { type ExternalService, type Gateway, isHttp } from '../../plan.ts';
import { gatewayName, metadata } from './identity.ts';

/** The service's own servers on a gateway: one for each host and port, since Istio drops a second one. */
export const gateway = (service: ExternalService, through: Gateway): Resource => ({
  apiVersion: 'networking.istio.io/v1',
  kind: 'Gateway',
  metadata: metadata({ name: gatewayName(service, through), namespace: through.workloadNamespace }, service),
  spec: { selector: through.workloadLabels, servers: servers(service, through) },
});

const servers = (service: ExternalService, through: Gateway) =>
  service.ports.flatMap(port =>
    port.routes
      .filter(route => route.gateway === through)
      .flatMap(route =>
        [...route.listeners].map(([host, listener]) => ({
          port: {
            number: listener.number,
            name: nameFromHost(host.name, port.name),
            // HTTPS lets the gateway read requests once it has ended the hop's TLS.
            protocol: isHttp(port.client.protocol) ? 'HTTPS' : 'TLS',
          },
          // Only a VirtualService of the service's namespace may bind.
          hosts: [`${service.namespace}/${host.name}`],
          tls: { mode: listener.mode },
        })),
      ),
  );
