import { parse } from 'yaml';
import type { World } from '../../worlds.ts';
import { type Sharing, sharingOf, type Written } from './sharing.ts';
import { governed, type Traffic } from './traffic.ts';

// What a list asks for, read from its documents alone: nothing of src is used, so that a mistake there cannot hide itself here.

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
}

const canonical = (host: string): string => host.toLowerCase().replace(/\.$/, '');

/** The EgressConfig of a world. */
export function settingsOf({ config }: World): Settings {
  const { spec } = parse(config);
  const addresses = Object.entries(spec.virtualAddresses ?? {}).map(([host, address]) => [canonical(host), address]);
  return { ...spec, virtualAddresses: Object.fromEntries(addresses) };
}

/** The external services of a world. */
export function askedBy(world: World): readonly Asked[] {
  const settings = settingsOf(world);
  const documents = [...(settings.workspaces ?? []), ...world.documents.map(({ text }) => parse(text))];
  const sharing = sharingOf(documents, settings.namespaces ?? []);
  const of = (kind: string, namespace: string) =>
    documents.filter(each => each.kind === kind && each.metadata.namespace === namespace);
  return documents
    .filter(({ kind }) => kind === 'ExternalService')
    .map(
      ({ metadata: { name, namespace, labels = {} }, spec }): Asked => ({
        name,
        namespace,
        labels,
        hosts: (spec.hosts ?? []).map(canonical),
        addresses: spec.addresses ?? [],
        subjectAltNames: spec.subjectAltNames ?? [],
        ports: spec.ports,
        gateways: new Map(
          documents
            .filter(({ kind }) => kind === 'VirtualGateway')
            .map(gateway => [idOf(gateway), serviceBefore(gateway, documents)]),
        ),
        endpoints: of('ExternalEndpoint', namespace)
          .filter(
            ({ metadata }) => spec.selector !== undefined && metadata.labels.endpoints === spec.selector.endpoints,
          )
          .map(endpoint => ({
            address: endpoint.spec.address,
            ports: endpoint.spec.ports ?? [],
            locality: ['region', 'zone', 'subZone'].map(part => endpoint.spec.locality?.[part] ?? ''),
          })),
        clients: [
          ...clientsOf({ name, namespace, labels }, sharing),
          ...(settings.visibility[`${namespace}/${name}`] ?? []),
        ],
        reach: reachOf(namespace, sharing),
        policies: of('AccessPolicy', namespace).flatMap(({ spec: policy }) =>
          policy.applyToDestinations[0].selector.name === name
            ? policy.config.authzList.map((rule: object) => ({
                ...rule,
                port: policy.applyToDestinations[0].port.number,
              }))
            : [],
        ),
      }),
    )
    .map(service => ({ ...service, ports: service.ports.map(port => governed(service, port, documents, sharing)) }));
}

/** The namespaces of a service's workspace and of those that import it, and its own. */
function clientsOf(service: Pick<Asked, 'name' | 'namespace' | 'labels'>, sharing: Sharing): readonly string[] {
  const owner = sharing.ownerOf(service.namespace);
  const seeing = owner === undefined ? [] : [owner, ...sharing.importersOf(owner, service)];
  return [service.namespace, ...seeing.flatMap(sharing.membersOf)];
}

/** The namespaces of a workspace and of those that it imports from; without one, all. */
function reachOf(namespace: string, sharing: Sharing): readonly string[] {
  const owner = sharing.ownerOf(namespace);
  return owner === undefined ? ['*'] : [owner, ...sharing.importedBy(owner)].flatMap(sharing.membersOf);
}

const idOf = ({ metadata: { namespace, name } }: Written): string => `${namespace}/${name}`;

/** The Service with the selector of a gateway's pods. */
function serviceBefore(gateway: Written, documents: readonly Written[]): string {
  const { labels } = gateway.spec.workloads[0].selector;
  const service = documents.find(
    ({ kind, metadata, spec }) =>
      kind === 'Service' &&
      metadata.namespace === gateway.metadata.namespace &&
      JSON.stringify(spec.selector) === JSON.stringify(labels),
  );
  return service === undefined ? '' : idOf(service);
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
