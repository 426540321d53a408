/** One way out of the mesh: who calls what, and all that stands between them. */
export interface Way {
  /** A namespace, `namespace/account` for one service account (its whole principal in a trust domain of another name), `gateway namespace/name` for whoever calls an ingress gateway, or `*` for everyone. */
  readonly client: string;
  /** What is called: a host, a wildcard, an address or a range. */
  readonly host: string;
  /** The port that the client calls; 0 is any: a route under a name of its own names none. */
  readonly port: number;
  readonly protocol: string;
  /** The virtual addresses that lead to the host too. */
  readonly addresses: readonly string[];
  /** The Services of the gateways, with the port: `istio-egressgateway.istio-gateways:443`; none means straight from the client's pod. */
  readonly gateways: readonly string[];
  /** Where calls end, with port and locality; copies among them; none where the objects at hand do not say. */
  readonly endpoints: readonly string[];
  readonly verification: Verification;
  /** What the gateways let through: each grant by itself; a way without a gateway has one that allows anything. */
  readonly access: readonly Grant[] | Elsewhere;
}

/** Said of what the objects at hand do not hold: a gateway's part that another Application renders. */
type Elsewhere = 'elsewhere';

/** Who makes sure that the right server answers, and how. */
export interface Verification {
  /** `none`: plaintext; `application`: what the application itself does; otherwise the mode of the DestinationRule that opens TLS. */
  readonly tls: Elsewhere | 'none' | 'application' | (string & {});
  readonly sni?: string;
  /** The names of which the certificate must bear one; none means that any name will do. */
  readonly names: readonly string[];
  /** `system`, a file, or `secret NAME`. */
  readonly ca?: string;
  /** What the client shows of itself: a file, or `secret NAME`. */
  readonly certificate?: string;
  readonly insecureSkipVerify: boolean;
}

/** How a server is verified of which the objects at hand say nothing. */
export const elsewhere: Verification = { tls: 'elsewhere', names: [], insecureSkipVerify: false };

/** One thing that a gateway lets through; an empty list allows any. */
export interface Grant {
  readonly methods: readonly string[];
  readonly paths: readonly string[];
  /** Conditions on headers: `x-tenant=a|b`, `x-tenant!=a`. */
  readonly headers: readonly string[];
  /** The blocks that a call must come from. */
  readonly ipBlocks: readonly string[];
  readonly remoteIpBlocks: readonly string[];
}

/** Whether one client takes in another: everyone all, a namespace its service accounts. */
export const includes = (client: string, other: string): boolean =>
  client === '*' || client === other || client === namespaceOf(other);

/** The namespace of a client: `shop` of `shop/pay` and of `other.domain/ns/shop/sa/pay`. */
function namespaceOf(client: string): string | undefined {
  return /^[^/]+\/ns\/([^/]+)\/sa\//.exec(client)?.[1] ?? /^([^/]+)\/[^/]+$/.exec(client)?.[1];
}

/** A host and a port as people write them; of port 0, which is any, the host alone. */
export const hostPort = (host: string, port: number | string): string =>
  port === 0 ? host : `${host.includes(':') && !host.includes('/') ? `[${host}]` : host}:${port}`;
