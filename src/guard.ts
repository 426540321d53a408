import type { ExternalService, Port } from './plan.ts';

/** What the network itself lets through, outside every proxy: nothing else leaves held namespaces and gateways. */
export interface Guard {
  /** Client namespaces that leave by their gateways alone, and by what is named here. */
  readonly held: ReadonlySet<string>;
  /** DNS, istiod and collectors: what every pod with a proxy needs. */
  readonly base: readonly Opening[];
  /** What held namespaces may reach in the cluster. */
  readonly inCluster: readonly Opening[];
  /** Who may read a gateway's metrics. */
  readonly scrapers: readonly Opening[];
  /** Where the traffic of a port ends, once it has left the mesh. */
  readonly destinations: ReadonlyMap<Port, readonly Opening[]>;
}

/** Somebody on the network, and the ports through which traffic may pass; no ports are all of them. */
export interface Opening {
  readonly peers: readonly Peer[];
  readonly ports: readonly PacketPort[];
}

/** Addresses, or pods: of one namespace, or of the policy's own (`.`) or every one (`*`). */
export type Peer =
  | { readonly cidr: string; readonly except?: readonly string[] }
  | { readonly namespace: string; readonly labels?: Readonly<Record<string, string>> };

/** A port as a packet bears it; of a pod also by the name that its container gives it. */
export interface PacketPort {
  readonly protocol: 'TCP' | 'UDP';
  readonly port: number | string;
}

/** Ports of TCP, all there is of the traffic of external services. */
export const tcp = (ports: readonly (number | string)[]): readonly PacketPort[] =>
  ports.map(port => ({ protocol: 'TCP', port }));

/** The client namespaces of a service that are held. */
export const heldClients = ({ clients }: ExternalService, { held }: Pick<Guard, 'held'>): readonly string[] =>
  (clients === 'everyone' ? [...held] : [...new Set(clients)].filter(namespace => held.has(namespace))).sort();
