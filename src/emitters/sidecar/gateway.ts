import { nameFromHost } from '../../k8s/names.ts';
import type { Resource } from '../../k8s/resource.ts';
import { passagesOf } from '../../passages.ts';
import { type ExternalService, type Gateway, isHttp } from '../../plan.ts';
import { metadata, serverGatewayName } from './identity.ts';

/** The service's own servers on a gateway: one for each host and port, since Istio drops a second one. */
export function gateways(service: ExternalService, through: Gateway): readonly Resource[] {
  const all = servers(service, through);
  return [...new Set(all.map(({ name }) => name))].map(name => ({
    apiVersion: 'networking.istio.io/v1',
    kind: 'Gateway',
    metadata: metadata({ name, namespace: through.workloadNamespace }, service),
    spec: {
      selector: through.workloadLabels,
      servers: all.filter(each => each.name === name).map(({ server }) => server),
    },
  }));
}

const servers = (service: ExternalService, through: Gateway) =>
  passagesOf(service)
    .filter(({ gateway }) => gateway === through)
    .map(({ host, port, listener }) => ({
      name: serverGatewayName(service, through, host),
      server: {
        port: {
          number: listener.number,
          name: nameFromHost(host.name, port.name),
          // HTTPS lets the gateway read requests once it has ended the hop's TLS.
          protocol: isHttp(port.client.protocol) ? 'HTTPS' : 'TLS',
        },
        // Only a VirtualService of the service's namespace may bind.
        hosts: [`${service.namespace}/${host.name}`],
        tls: { mode: listener.mode },
      },
    }));
