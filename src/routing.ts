import type { Where } from './diagnostics/report.ts';
import type { ExternalService, Identity, Namespaces, Port } from './plan.ts';
import type { Traffic } from './traffic.ts';

/** What a route table asks for: the calls to its hosts, sorted by what they look like, each sort with its way. */
export interface RouteTable {
  readonly origin: Where;
  readonly name: string;
  readonly namespace: string;
  readonly annotations: Labels;
  readonly hosts: readonly TableHost[];
  /** Whose sidecars follow it; absent: nobody's, gateways alone. */
  readonly mesh?: {
    /** The workloads that follow it, by labels; empty: all. */
    readonly workloads: readonly Labels[];
    readonly clients: Namespaces;
  };
  readonly gateways: readonly IngressGateway[];
  readonly http: readonly HttpRoute[];
  readonly tls: readonly TlsRoute[];
  readonly tcp: readonly TcpRoute[];
}

type Labels = Readonly<Record<string, string>>;

/** A name by which calls ask for a table. */
export interface TableHost {
  readonly origin: Where;
  /** A DNS name in lower case, a wildcard, or at gateways `*`. */
  readonly name: string;
  /** The external service that has this host too: its own route carries the table's on the mesh. */
  readonly service?: ExternalService;
}

/** A gateway where calls come in: an Istio Gateway that somebody else made. */
export interface IngressGateway {
  readonly origin: Where;
  /** `namespace/name` of the VirtualGateway that the table names. */
  readonly asked: string;
  /** `namespace/name` of the Istio Gateway. */
  readonly reference: string;
  /** Where its pods are, as far as that is known. */
  readonly namespaces: readonly string[];
}

/** Requests of one sort, and what becomes of them. */
export interface HttpRoute {
  readonly origin: Where;
  readonly name?: string;
  /** What policies choose it by: the tables and the routes on the way to it, itself the last. */
  readonly marks: readonly Identity[];
  /** What such requests look like; each is enough by itself. Empty: all. */
  readonly matches: readonly HttpMatch[];
  /** The workloads whose sidecars follow it, by labels; empty: all. */
  readonly workloads: readonly Labels[];
  readonly action: Action;
  /** What traffic policies say of this route itself. */
  readonly traffic: Traffic;
}

/** What a request looks like; all that is given must fit. */
export interface HttpMatch {
  readonly path?: Pattern & { readonly ignoreCase: boolean };
  readonly headers: readonly (ValueMatch & { readonly inverted: boolean })[];
  readonly query: readonly ValueMatch[];
  readonly method?: string;
  readonly port?: number;
}

/** A text that is matched whole, by its beginning, or by an expression. */
interface Pattern {
  readonly form: 'exact' | 'prefix' | 'regex';
  readonly text: string;
}

/** A header or a query parameter; without a pattern it need only be there. */
interface ValueMatch {
  readonly name: string;
  readonly value?: { readonly form: 'exact' | 'regex'; readonly text: string };
}

/** What becomes of a request. */
export type Action = Forward | Redirect | Response;

/** It goes on, to one of some destinations. */
export interface Forward {
  readonly kind: 'forward';
  readonly destinations: readonly Destination[];
  /** The path, or the part of it that was matched, is replaced by this. */
  readonly path?: string;
  readonly expression?: { readonly match: string; readonly substitution: string };
  /** The host that the destination is asked for; `its own`: the name by which it is known here. */
  readonly host?: { readonly name: string } | 'its own';
}

/** It is told to ask elsewhere. */
interface Redirect {
  readonly kind: 'redirect';
  readonly host?: string;
  readonly path?: string;
  readonly status: number;
}

/** It is answered at once. */
interface Response {
  readonly kind: 'response';
  readonly status: number;
  readonly body?: string;
}

/** Where calls go, with the share of them that it gets. */
export type Destination = ToService | ToExternalService;

/** A Service of the cluster. */
interface ToService {
  readonly origin: Where;
  readonly weight: number;
  readonly host: string;
  /** Absent: the one port that it has. */
  readonly port?: number;
  /** The subset of a DestinationRule that somebody else made. */
  readonly subset?: string;
}

/** A port of an external service. */
export interface ToExternalService {
  readonly origin: Where;
  readonly weight: number;
  readonly service: ExternalService;
  readonly port: Port;
  /** The name of some of its endpoints; absent: all. */
  readonly subset?: string;
}

/** Connections of applications that open TLS themselves, sorted by the name they ask for. */
export interface TlsRoute {
  readonly origin: Where;
  readonly matches: readonly { readonly names: readonly string[]; readonly port?: number }[];
  readonly destinations: readonly Destination[];
}

/** Connections that carry no name. */
export interface TcpRoute {
  readonly origin: Where;
  /** The ports that they are for; empty: all. */
  readonly ports: readonly number[];
  readonly destinations: readonly Destination[];
}
