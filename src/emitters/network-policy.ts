import { grouped } from '../grouped.ts';
import { type Guard, heldClients, type Opening, type PacketPort, type Peer, tcp } from '../guard.ts';
import { nameFrom } from '../k8s/names.ts';
import type { Resource } from '../k8s/resource.ts';
import { passagesOf } from '../passages.ts';
import { type ExternalService, type Gateway, gatewaysOf, type Port } from '../plan.ts';
import type { Emitter } from './emitter.ts';
import { gatewayName, metadata } from './sidecar/identity.ts';

/**
 * What the network lets through, under `guard`: it sees the ports of pods, never those of Services.
 *
 * Each policy holds by itself, with DNS and istiod in it: policies add up, so none is shared between two services, and two repositories never write one object.
 */
export const networkPolicy: Emitter = {
  name: 'network-policy',
  summary:
    'NetworkPolicy, with guard: client namespaces held to their gateways, gateways to their clients and endpoints',
  emit: (service, { guard }) =>
    guard === undefined
      ? []
      : [
          ...heldClients(service, guard).map(namespace => clientPolicy(service, namespace, guard)),
          ...gatewaysOf(service).map(gateway => gatewayPolicy(service, gateway, guard)),
        ],
};

/** Out of a client namespace: what every pod needs, the gateways of the service, and the addresses that it calls directly. */
const clientPolicy = (service: ExternalService, namespace: string, guard: Guard): Resource => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: metadata({ name: nameFrom(service.name, service.namespace, 'clients'), namespace }, service),
  spec: {
    podSelector: {},
    policyTypes: ['Egress'],
    egress: [
      ...guard.base,
      ...guard.inCluster,
      ...gatewaysOf(service).map(gateway => toGateway(service, gateway)),
      ...openingsTo(
        service.ports.filter(({ routes }) => routes.length === 0),
        guard,
      ),
    ].map(egress),
  },
});

const toGateway = (service: ExternalService, gateway: Gateway): Opening => ({
  peers: [{ namespace: gateway.workloadNamespace, labels: gateway.workloadLabels }],
  ports: podPorts(service, gateway),
});

/** Into and out of a gateway's pods, for this service alone; other pods of the namespace are not selected. */
const gatewayPolicy = (service: ExternalService, gateway: Gateway, guard: Guard): Resource => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: metadata({ name: gatewayName(service, gateway), namespace: gateway.workloadNamespace }, service),
  spec: {
    podSelector: { matchLabels: gateway.workloadLabels },
    policyTypes: ['Ingress', 'Egress'],
    ingress: [fromClients(service, gateway), ...guard.scrapers].map(({ peers, ports }) => ({
      from: peers.map(peer),
      ports: ports.map(port),
    })),
    egress: [
      ...guard.base,
      ...openingsTo(
        service.ports.filter(({ routes }) => routes.some(route => route.gateway === gateway)),
        guard,
      ),
    ].map(egress),
  },
});

const fromClients = (service: ExternalService, gateway: Gateway): Opening => ({
  // A service that everybody may call was reported.
  peers: service.clients === 'everyone' ? [] : service.clients.map(namespace => ({ namespace })),
  ports: podPorts(service, gateway),
});

const podPorts = (service: ExternalService, through: Gateway): readonly PacketPort[] =>
  tcp([
    ...new Set(
      passagesOf(service).flatMap(({ gateway, listener }) => (gateway === through ? (listener.podPort ?? []) : [])),
    ),
  ]);

/** Where some ports lead, those of one port number together. */
function openingsTo(ports: readonly Port[], { destinations }: Guard): readonly Opening[] {
  const byPorts = grouped(
    ports.flatMap(each => destinations.get(each) ?? []),
    opening => [JSON.stringify(opening.ports)],
  );
  return [...byPorts.values()].flatMap(([first, ...others]) =>
    first === undefined
      ? []
      : [{ ports: first.ports, peers: distinct([first, ...others].flatMap(({ peers }) => peers)) }],
  );
}

const distinct = (peers: readonly Peer[]): readonly Peer[] => [
  ...new Map(peers.map(each => [JSON.stringify(each), each])).values(),
];

const egress = ({ peers, ports }: Opening) => ({
  to: peers.map(peer),
  ...(ports.length > 0 && { ports: ports.map(port) }),
});

const port = ({ protocol, port: number }: PacketPort) => ({ protocol, port: number });

function peer(of: Peer) {
  if ('cidr' in of) return { ipBlock: { cidr: of.cidr, ...(of.except !== undefined && { except: of.except }) } };
  const { namespace, labels = {} } = of;
  const selected = { ...(Object.keys(labels).length > 0 && { podSelector: { matchLabels: labels } }) };
  if (namespace === '.') return { podSelector: {}, ...selected };
  const namespaceSelector = namespace === '*' ? {} : { matchLabels: { 'kubernetes.io/metadata.name': namespace } };
  return { namespaceSelector, ...selected };
}
