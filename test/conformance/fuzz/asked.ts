import type { Written } from './sharing.ts';
import type { Traffic } from './traffic.ts';

/** A service as its documents write it. */
export interface Asked {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly hosts: readonly string[];
  readonly addresses: readonly string[];
  readonly subjectAltNames: readonly string[];
  readonly ports: readonly AskedPort[];
  /** The Service before each gateway of the list. */
  readonly gateways: ReadonlyMap<string, string>;
  readonly endpoints: readonly AskedEndpoint[];
  /** The namespaces that may call it; `*` for all. */
  readonly clients: readonly string[];
  /** The namespaces where its access policies look for accounts that they name without one; `*` for all. */
  readonly reach: readonly string[];
  readonly policies: readonly Policy[];
}

export interface AskedPort {
  readonly number: number;
  readonly name?: string;
  readonly protocol: string;
  readonly targetPort?: { readonly number?: number; readonly name?: string };
  readonly clientsideTls?: Tls;
  /** What traffic policies do. */
  readonly traffic?: Traffic;
  readonly egressGatewayRoutes?: {
    readonly portMatch?: number;
    readonly virtualGatewayRefs: readonly { readonly name: string; readonly namespace: string }[];
  };
}

export interface Tls {
  readonly mode?: string;
  readonly sni?: string;
  readonly caCertificates?: string;
  readonly clientCertificate?: string;
  readonly privateKey?: string;
  readonly credentialName?: string;
  readonly insecureSkipVerify?: boolean;
}

export interface AskedEndpoint {
  readonly address: string;
  readonly ports: readonly { readonly name: string; readonly number: number }[];
  readonly locality: readonly string[];
}

/** One rule of an access policy, and the port that it is about. */
export interface Policy {
  readonly port: number;
  readonly allowedClients: readonly {
    readonly serviceAccountSelector: { readonly name?: string; readonly namespace?: string };
  }[];
  readonly allowedIpBlocks: readonly string[];
  readonly allowedMethods?: readonly string[];
  readonly allowedPaths?: readonly string[];
  readonly match?: {
    readonly request: { readonly headers: Readonly<Record<string, { readonly values: readonly string[] }>> };
  };
}

/** The settings of the list's EgressConfig that decide where calls go. */
export interface Settings {
  readonly dnsCapture: boolean;
  readonly trustDomain: string;
  readonly virtualAddresses: Readonly<Record<string, string>>;
  readonly visibility: Readonly<Record<string, readonly string[]>>;
  readonly namespaces?: readonly string[];
  readonly workspaces?: readonly Written[];
  readonly defaultGateway?: string;
}

/** Whether a namespace may call a service at all. */
export const sees = ({ clients }: Asked, namespace: string): boolean =>
  clients.includes('*') || clients.includes(namespace);

/** Whether a port carries requests that a proxy on the way can read. */
export const isRead = ({ protocol, clientsideTls, egressGatewayRoutes }: AskedPort): boolean =>
  ['HTTP', 'HTTP2', 'GRPC'].includes(protocol.toUpperCase()) ||
  (protocol === 'HTTPS' &&
    egressGatewayRoutes !== undefined &&
    clientsideTls !== undefined &&
    clientsideTls.mode !== 'DISABLE');

/** Whether a port carries no name, so that only an address tells its services apart. */
export const isOpaque = ({ protocol }: AskedPort): boolean => protocol === 'TCP' || protocol === 'MONGO';

/** The port that clients dial. */
export const dialled = (port: AskedPort): number =>
  port.egressGatewayRoutes === undefined || !isRead(port) ? port.number : (port.egressGatewayRoutes.portMatch ?? 80);
