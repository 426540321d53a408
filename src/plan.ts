import type { Config } from './config.ts';
import type { Source, Where } from './diagnostics/report.ts';
import type { Guard } from './guard.ts';
import type { RouteTable } from './routing.ts';
import type { Traffic } from './traffic.ts';

/** What the inputs ask for, in no mesh's vocabulary. All resolved: no selector, no reference, no default left. */
export interface Plan {
  readonly services: readonly ExternalService[];
  readonly routeTables: readonly RouteTable[];
  readonly config: Config;
  /** Namespaces whose sidecars refuse hosts that nobody declared. */
  readonly closed: readonly Closed[];
  /** What the network holds; absent: nothing. */
  readonly guard?: Guard | undefined;
}

/** A namespace whose sidecars are to refuse hosts that nobody declared, and the configuration that says so. */
export interface Closed {
  readonly namespace: string;
  readonly from: Source;
}

/** One external service: the names and addresses it answers to, where it really is, and who may call it. */
export interface ExternalService {
  readonly origin: Where;
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly hosts: readonly Host[];
  readonly ports: readonly Port[];
  /** Where its traffic ends; empty: at the hosts or addresses themselves. */
  readonly endpoints: readonly Endpoint[];
  /** The namespaces that may call it; `everyone` for a service that the whole mesh sees. */
  readonly clients: Namespaces;
  /** The namespaces of ingress gateways among its clients: more than its callers live there. */
  readonly ingresses: readonly string[];
  /** What access policies allow at its gateways, in input order; empty: whatever `clients` may do. */
  readonly access: readonly Access[];
  /** Some of its endpoints, told apart by routes of tables. */
  readonly subsets: readonly Subset[];
  /** The tables whose routes stand in place of its own, for their hosts on the mesh. */
  readonly tables: readonly RouteTable[];
}

/** The endpoints of a service that bear some labels, as one of its ports leads to them. */
export interface Subset {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly port: Port;
}

/** Namespaces by name, sorted, or every one. */
export type Namespaces = 'everyone' | readonly string[];

/** A name by which clients call an external service; for `addresses` it is made up, and the address decides. */
export interface Host {
  readonly origin: Where;
  /** A DNS name in lower case, or a wildcard `*.example.com`. */
  readonly name: string;
  readonly kind: 'name' | 'wildcard' | 'address' | 'range';
  /** The IP, the CIDR of a `range`, or a name's virtual address, as ipaddr.js writes it. */
  readonly address?: string;
}

export const protocols = ['HTTP', 'HTTPS', 'GRPC', 'HTTP2', 'MONGO', 'TCP', 'TLS'] as const;
export type Protocol = (typeof protocols)[number];

/** One port of an external service. */
export interface Port {
  readonly origin: Where;
  /** The number by which route tables and policies name it. */
  readonly number: number;
  readonly name: string;
  readonly protocol: Protocol;
  /** The port that clients dial, and what they speak on it. */
  readonly client: { readonly number: number; readonly protocol: Protocol };
  /** The port dialled outside where there are no endpoints. */
  readonly target: number;
  readonly origination?: Origination;
  /** The egress gateways that its traffic goes through, in equal parts; empty: straight from the sidecar. */
  readonly routes: readonly Route[];
  /** True where routes of tables for the service's own host, and no others, lead to it through its gateways: then they can stand there. */
  readonly tabled: boolean;
  /** What traffic policies say of it. */
  readonly traffic: Traffic;
}

/** TLS that the mesh opens towards the outside. */
export interface Origination {
  readonly origin: Where;
  readonly mode: 'SIMPLE' | 'MUTUAL' | 'ISTIO_MUTUAL';
  readonly sni?: string;
  /** Names that the server's certificate must bear; empty: those of the SNI or the host. */
  readonly subjectAltNames: readonly string[];
  /** Paths in the proxy that originates. */
  readonly clientCertificate?: string;
  readonly privateKey?: string;
  readonly caCertificates?: string;
  /** A Secret in the gateway's namespace. */
  readonly credentialName?: string;
  readonly insecureSkipVerify: boolean;
}

/** The way of one port through one gateway: the listener for each of its hosts. */
export interface Route {
  readonly origin: Where;
  readonly gateway: Gateway;
  readonly listeners: ReadonlyMap<Host, Listener>;
}

/** An egress gateway: its pods, and the Service in front of them. */
export interface Gateway {
  readonly origin: Where;
  readonly name: string;
  readonly namespace: string;
  /** The namespace of its pods and their Service: where everything for the gateway is placed. */
  readonly workloadNamespace: string;
  readonly workloadLabels: Readonly<Record<string, string>>;
  readonly service: { readonly name: string; readonly namespace: string };
  readonly listeners: readonly Listener[];
}

/** A port of a gateway that external services may be reached through. */
export interface Listener {
  readonly origin: Where;
  /** The port of the gateway's Service. */
  readonly number: number;
  /** The port of the pods behind it; absent where the Service names it instead. */
  readonly podPort?: number;
  readonly mode: 'ISTIO_MUTUAL' | 'PASSTHROUGH' | 'OTHER';
  readonly exposes: (service: Identity, host: string) => boolean;
}

/** What selectors look at. */
export interface Identity {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** One place where an external service really is. */
export interface Endpoint {
  readonly origin: Where;
  readonly name: string;
  /** An IP, a DNS name, or `unix://` and a path. */
  readonly address: string;
  readonly kind: 'ip' | 'name' | 'unix';
  /** The service's port name → the endpoint's port. */
  readonly ports: Readonly<Record<string, number>>;
  readonly labels: Readonly<Record<string, string>>;
  /** `region/zone/subzone`. */
  readonly locality?: string;
}

/** One rule of an access policy: any of these clients, doing what is listed. */
export interface Access {
  readonly origin: Where;
  /** The numbers of the service's ports that it speaks of. */
  readonly ports: readonly number[];
  /** Who; each entry is enough by itself. Empty: nobody. */
  readonly clients: readonly Client[];
  readonly ipBlocks: readonly string[];
  readonly remoteIpBlocks: readonly string[];
  readonly methods: readonly string[];
  readonly paths: readonly string[];
  readonly headers: readonly {
    readonly name: string;
    readonly values: readonly string[];
    readonly notValues: readonly string[];
  }[];
}

/** Somebody: one service account, or everybody in some namespaces. */
export type Client = { readonly principal: string; readonly namespace: string } | { readonly namespaces: Namespaces };

/** Protocols whose requests a proxy reads once they are not encrypted. */
export const isHttp = (protocol: Protocol): boolean =>
  protocol === 'HTTP' || protocol === 'HTTP2' || protocol === 'GRPC';

/** Protocols that a proxy tells apart by the SNI of the application's own TLS. */
export const isTls = (protocol: Protocol): boolean => protocol === 'HTTPS' || protocol === 'TLS';

/** Protocols that carry no name: only the address tells them apart. */
export const isOpaque = (protocol: Protocol): boolean => protocol === 'TCP' || protocol === 'MONGO';

/** The gateways of a service, each once, in the order its ports name them. */
export const gatewaysOf = ({ ports }: Pick<ExternalService, 'ports'>): readonly Gateway[] => [
  ...new Set(ports.flatMap(({ routes }) => routes.map(({ gateway }) => gateway))),
];

/** Every namespace that must see a service's objects: its clients' and its gateways'. */
export function visibleTo(service: ExternalService): Namespaces {
  if (service.clients === 'everyone') return 'everyone';
  return [...new Set([...service.clients, ...gatewaysOf(service).map(gateway => gateway.workloadNamespace)])].sort();
}
