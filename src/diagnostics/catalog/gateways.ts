import { error, info, warning } from './entry.ts';

/** WO21xx: egress gateways, their listeners and Services, and clusters. */
export const gateways = {
  WO2101: error('A gateway that is not there', ({ gateway }: { gateway: string }) => ({
    message: `VirtualGateway ${gateway} is neither in the list nor in EgressConfig`,
    hint: `add it, or write under spec.gateways of EgressConfig: {namespace: ${gateway.split('/')[0]}, name: ${gateway.split('/')[1]}, service: {name: …}, selector: {…}, ports: [{number: 443}]}`,
  })),
  WO2102: error('A gateway whose pods are unknown', ({ gateway, problem }: { gateway: string; problem: string }) => ({
    message: `the pods of gateway ${gateway} are unknown: ${problem}`,
    hint: 'write one entry under spec.workloads with selector.labels, the labels of the gateway\u2019s pods; or selector in its entry under spec.gateways of EgressConfig',
  })),
  WO2103: error(
    'A gateway without a Service',
    ({ gateway, namespace, labels }: { gateway: string; namespace: string; labels: string }) => ({
      message: `no Service in namespace ${namespace} selects the pods ${labels} of gateway ${gateway}`,
      hint: `add the Service to the list, or write under spec.gateways of EgressConfig: {namespace: ${gateway.split('/')[0]}, name: ${gateway.split('/')[1]}, service: {namespace: ${namespace}, name: …}, ports: [{number: 443, targetPort: 8443}]}`,
    }),
  ),
  WO2104: error('A gateway with two Services', ({ gateway, found }: { gateway: string; found: string }) => ({
    message: `several Services stand before the pods of gateway ${gateway}: ${found}`,
    hint: `choose one under spec.gateways of EgressConfig: {namespace: ${gateway.split('/')[0]}, name: ${gateway.split('/')[1]}, service: {name: …}}`,
  })),
  WO2105: error(
    'A listener that the Service does not have',
    ({ port, service, ports }: { port: number | string | undefined; service: string; ports: string }) => ({
      message:
        port === undefined
          ? `the listener's port says neither number nor name; Service ${service} has ${ports}`
          : `the listener's port ${port} is no port of Service ${service}, which has ${ports}`,
      hint: 'write the number or the name of a port of the Service, or add the port to the Service',
    }),
  ),
  WO2106: error(
    'No listener for a host',
    ({
      host,
      gateway,
      protocol,
      listeners,
    }: {
      host: string;
      gateway: string;
      protocol: string;
      listeners: string;
    }) => ({
      message: `no listener of gateway ${gateway} can take ${host} (${protocol}): ${listeners}`,
      hint: 'add a listener with tls.mode ISTIO_MUTUAL that exposes the host under exposedExternalServices',
    }),
  ),
  WO2107: error(
    'Too few listeners for the ports of a host',
    ({ host, gateway, port, other }: { host: string; gateway: string; port: string; other: string }) => ({
      message: `ports "${other}" and "${port}" of ${host} cannot be told apart behind one listener of gateway ${gateway}`,
      hint: `add to ${gateway}: {port: {number: …}, http: {}, tls: {mode: ISTIO_MUTUAL}, exposedExternalServices: [{host: ${host}}]}; or a port to its entry under spec.gateways of EgressConfig`,
    }),
  ),
  WO2108: error('An address cannot go through a gateway', ({ gateway }: { gateway: string }) => ({
    message: `a service with addresses cannot go through gateway ${gateway}: only a host tells services apart there`,
    hint: 'write hosts, with endpoints where the addresses are; or leave the service direct, without egressGatewayRoutes and defaultGateway',
  })),
  WO2109: error(
    'A wildcard through a gateway needs endpoints',
    ({ host, gateway }: { host: string; gateway: string }) => ({
      message: `${host} cannot go through gateway ${gateway} without endpoints: the gateway would not know where to send it`,
      hint: 'name the hosts one by one, or select ExternalEndpoints that serve all of them',
    }),
  ),
  WO2110: error('TLS inside TLS at the gateway', ({ port }: { port: string }) => ({
    message: `port "${port}" carries the application's own TLS, and clientsideTls would wrap it once more at the gateway`,
    hint: 'remove clientsideTls, or set protocol to HTTPS (clients then call it in plain HTTP) or to TCP',
  })),
  WO2111: info(
    'A gateway for a protocol that Gloo keeps direct',
    ({ protocol, port }: { protocol: string; port: string }) => ({
      message: `port "${port}" sends ${protocol} through an egress gateway, which Gloo Mesh itself does not do`,
    }),
  ),
  WO2112: error(
    'One port through two gateways of the same pods',
    ({ gateway, other, port }: { gateway: string; other: string; port: string }) => ({
      message: `gateways ${other} and ${gateway} stand before the same pods, where port "${port}" already has its server: Istio drops a second one`,
      hint: 'name one of the two gateways',
    }),
  ),
  WO2113: error('A listener that admits some clients only', () => ({
    message:
      'tls.verifySubjectAltName narrows who may use the listener, and has no counterpart here: left out, it would open what it closes',
    hint: 'say who may call in an AccessPolicy with serviceAccountSelector, and remove it',
  })),
  WO2114: warning('TLS parameters of the hop', () => ({
    message:
      'tls.parameters is for clients outside the mesh: the way from sidecar to gateway has the TLS that the mesh is set to',
    hint: 'set meshMTLS.minProtocolVersion in the mesh configuration instead',
  })),
  WO2120: error('A reference to another cluster', ({ cluster, ours }: { cluster: string; ours: string }) => ({
    message: `the reference leads to cluster "${cluster}", and this render is for "${ours}"`,
    hint: 'remove cluster, or set spec.cluster in EgressConfig',
  })),
  WO2121: error('Two cluster names', ({ cluster, other }: { cluster: string; other: string }) => ({
    message: `the input speaks of clusters "${other}" and "${cluster}", and EgressConfig does not say which is ours`,
    hint: 'set spec.cluster in EgressConfig',
  })),
  WO2122: info('A selector for another cluster', ({ cluster, ours }: { cluster: string; ours: string }) => ({
    message: `the selector is for cluster "${cluster}", this render is for "${ours}": it selects nothing here`,
  })),
  WO2123: error('A selector for a workspace that is not there', ({ workspace }: { workspace: string }) => ({
    message: `the selector names workspace "${workspace}", which is not there`,
    hint: 'add the Workspace to the list or to spec.workspaces in EgressConfig, or select by namespace',
  })),
};
