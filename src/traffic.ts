import type { Where } from './diagnostics/report.ts';
import type { ExternalService, Port } from './plan.ts';

/** What traffic policies say of one port; each part comes from one policy. */
export interface Traffic {
  readonly connections?: Connections;
  readonly ejection?: Ejection;
  readonly balancing?: Balancing;
  readonly failover?: Failover;
  readonly patience?: Patience;
  readonly fault?: Fault;
  readonly headers?: Headers;
  readonly cors?: Cors;
  readonly mirror?: Mirror;
}

/** How many connections and requests at once, and how long they may last; durations as written. */
export interface Connections {
  readonly origin: Where;
  readonly maxConnections?: number;
  readonly connectTimeout?: string;
  readonly keepalive?: { readonly probes?: number; readonly time?: string; readonly interval?: string };
  readonly maxRequestsPerConnection?: number;
  readonly maxRetries?: number;
  readonly maxRequests?: number;
  readonly maxPendingRequests?: number;
  readonly idleTimeout?: string;
}

/** When an endpoint that fails is left out, and for how long. */
export interface Ejection {
  readonly origin: Where;
  readonly consecutiveErrors: number;
  readonly consecutiveGatewayErrors?: number;
  readonly interval: string;
  readonly baseEjectionTime: string;
  /** How many of the endpoints may be left out at once. */
  readonly maxPercent: number;
}

/** Which endpoint takes a call. */
export interface Balancing {
  readonly origin: Where;
  /** Absent: the mesh's own default. */
  readonly algorithm?: 'RANDOM' | 'ROUND_ROBIN' | 'LEAST_REQUEST';
  /** Calls that are alike in this go to one endpoint. */
  readonly hash?: Hash;
  /** How long a new endpoint takes to get its full share. */
  readonly warmup?: string;
}

/** What consistent hashing looks at. */
export type Hash =
  | { readonly by: 'header' | 'queryParameter'; readonly name: string }
  | { readonly by: 'cookie'; readonly name: string; readonly path?: string; readonly ttl?: string }
  | { readonly by: 'sourceIp' };

/** Where calls go from a locality: in shares, to another region once the own one fails, or by labels that are alike. */
export interface Failover {
  readonly origin: Where;
  readonly regions: readonly { readonly from: string; readonly to: string }[];
  readonly shares: readonly { readonly from: string; readonly to: Readonly<Record<string, number>> }[];
  readonly labels: readonly string[];
}

/** How often a call is sent again, and how long it may take with all that. */
export interface Patience {
  readonly origin: Where;
  readonly timeout?: string;
  readonly retries?: {
    /** 0: never again. */
    readonly attempts: number;
    readonly perTryTimeout?: string;
    readonly on?: string;
    readonly remoteLocalities?: boolean;
  };
}

/** Calls that are held up or answered on the way; per cent of all. */
export interface Fault {
  readonly origin: Where;
  readonly delay?: { readonly time: string; readonly percent: number };
  readonly abort?: { readonly status: number; readonly percent: number };
}

/** Headers that are added and removed on the way there and on the way back. */
export interface Headers {
  readonly origin: Where;
  readonly request: HeaderChanges;
  readonly response: HeaderChanges;
}

/** Headers to add, then headers to remove. */
export interface HeaderChanges {
  readonly add: Readonly<Record<string, string>>;
  readonly remove: readonly string[];
}

/** What browsers are told about calls from pages of other origins. */
export interface Cors {
  readonly origin: Where;
  readonly origins: readonly { readonly form: 'exact' | 'prefix' | 'regex'; readonly text: string }[];
  readonly allowMethods: readonly string[];
  readonly allowHeaders: readonly string[];
  readonly exposeHeaders: readonly string[];
  readonly maxAge?: string;
  readonly allowCredentials?: boolean;
}

/** A host that gets a copy of the calls, and whose answers nobody reads. */
export interface Mirror {
  readonly origin: Where;
  readonly host: string;
  /** Absent: the one port that the host has. */
  readonly port?: number;
  readonly percent?: number;
  /** What the host is, if it is one of ours. */
  readonly into?: { readonly service: ExternalService; readonly port: Port };
}
