import type { Resource } from '../../src/k8s/resource.ts';

/** What a render made, and what it was made from: all that an invariant looks at. */
export interface Output {
  readonly generated: readonly Resource[];
  /** The objects of the list, EgressConfig among them. */
  readonly inputs: readonly Resource[];
}

/** Something that holds for every output; each text says what breaks it. */
export interface Invariant {
  readonly name: string;
  readonly problems: (output: Output) => readonly string[];
}

export interface ServiceEntry {
  readonly hosts: readonly string[];
  readonly addresses?: readonly string[];
  readonly exportTo: readonly string[];
  readonly location: string;
  readonly resolution: 'NONE' | 'STATIC' | 'DNS';
  readonly ports: readonly {
    readonly number: number;
    readonly name: string;
    readonly protocol: string;
    readonly targetPort?: number;
  }[];
  readonly endpoints?: readonly Endpoint[];
}

export interface Endpoint {
  readonly address: string;
  readonly ports?: Readonly<Record<string, number>>;
  readonly labels?: Readonly<Record<string, string>>;
  readonly locality?: string;
}

export interface Gateway {
  readonly selector: Readonly<Record<string, string>>;
  readonly servers: readonly Server[];
}

export interface Server {
  readonly port: { readonly number: number; readonly name: string; readonly protocol: string };
  readonly hosts: readonly string[];
  readonly tls: Readonly<Record<string, unknown>>;
}

export interface Entry {
  readonly match: readonly {
    readonly gateways?: readonly string[];
    readonly port: number;
    readonly sniHosts?: readonly string[];
  }[];
  readonly route: readonly Way[];
  readonly retries?: { readonly attempts: number };
  readonly headers?: { readonly request?: { readonly remove?: readonly string[] } };
}

export interface Way {
  readonly destination: {
    readonly host: string;
    readonly subset?: string;
    readonly port: { readonly number: number };
  };
}

export interface VirtualService {
  readonly hosts: readonly string[];
  readonly exportTo: readonly string[];
  readonly gateways?: readonly string[];
  readonly http?: readonly Entry[];
  readonly tls?: readonly Entry[];
  readonly tcp?: readonly Entry[];
}

export interface PortSettings {
  readonly port: { readonly number: number };
  readonly tls?: Readonly<Record<string, unknown>>;
  readonly outlierDetection?: { readonly maxEjectionPercent?: number };
  readonly loadBalancer?: { readonly localityLbSetting?: object };
}

export interface DestinationRule {
  readonly host: string;
  readonly exportTo: readonly string[];
  readonly workloadSelector?: { readonly matchLabels: Readonly<Record<string, string>> };
  readonly subsets?: readonly {
    readonly name: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly trafficPolicy?: { readonly portLevelSettings: readonly PortSettings[] };
  }[];
  readonly trafficPolicy?: { readonly portLevelSettings: readonly PortSettings[] };
}

export interface AuthorizationPolicy {
  readonly selector: { readonly matchLabels: Readonly<Record<string, string>> };
  readonly action: string;
  readonly rules?: readonly Rule[];
}

export interface Rule {
  readonly from?: readonly { readonly source: Readonly<Record<string, readonly string[]>> }[];
  readonly to?: readonly { readonly operation: Readonly<Record<string, readonly string[]>> }[];
  readonly when?: readonly { readonly key: string; readonly values?: readonly string[] }[];
}

export interface NetworkPolicy {
  readonly podSelector: { readonly matchLabels?: Readonly<Record<string, string>> };
  readonly ingress?: readonly { readonly from: readonly Peer[]; readonly ports: readonly PacketPort[] }[];
  readonly egress: readonly { readonly to: readonly Peer[]; readonly ports?: readonly PacketPort[] }[];
}

interface PacketPort {
  readonly protocol: string;
  readonly port: number | string;
}

export interface Peer {
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] };
  readonly namespaceSelector?: object;
  readonly podSelector?: object;
}

interface Specs {
  readonly ServiceEntry: ServiceEntry;
  readonly Gateway: Gateway;
  readonly VirtualService: VirtualService;
  readonly DestinationRule: DestinationRule;
  readonly AuthorizationPolicy: AuthorizationPolicy;
  readonly NetworkPolicy: NetworkPolicy;
}

/** A generated object with the fields that an invariant reads; `text` names it. */
export interface Made<Spec> {
  readonly text: string;
  readonly name: string;
  readonly namespace: string;
  readonly source: string;
  readonly spec: Spec;
}

/** The generated objects of a kind. */
export const made = <Kind extends keyof Specs>({ generated }: Output, kind: Kind): readonly Made<Specs[Kind]>[] =>
  generated
    .filter(object => object.kind === kind)
    .map(({ metadata, ...object }) => ({
      text: `${kind} ${metadata.namespace}/${metadata.name}`,
      name: metadata.name,
      namespace: metadata.namespace ?? '',
      source: metadata.annotations?.['wayout.dev/source'] ?? '',
      // The shape that istiod itself checks in test/conformance.
      spec: object.spec as Specs[Kind],
    }));

/** The VirtualServices that hold an external service's own routes and nothing that a table says. */
export const ownRoutes = (output: Output): readonly Made<VirtualService>[] => {
  const asked = output.inputs.flatMap(({ kind, spec }) =>
    kind === 'RouteTable' ? ((spec as { readonly hosts?: readonly string[] }).hosts ?? []) : [],
  );
  const names = asked.map(host => host.toLowerCase().replace(/\.$/, ''));
  return made(output, 'VirtualService').filter(
    ({ source, spec }) => source.startsWith('ExternalService/') && !spec.hosts.some(host => names.includes(host)),
  );
};

/** Every list of destinations in a VirtualService, with the entry that it belongs to. */
export const waysOf = ({ http = [], tls = [], tcp = [] }: VirtualService) =>
  [...http, ...tls, ...tcp].map((entry: Partial<Entry>) => ({ entry, route: entry.route ?? [] }));

/** The entries of a VirtualService from the mesh to a gateway, from a gateway, or from the mesh straight to the host; each with its section. */
export const entriesOf = (spec: VirtualService, where: 'mesh' | 'gateway' | 'straight') =>
  (['http', 'tls', 'tcp'] as const).flatMap(section =>
    (spec[section] ?? [])
      .filter(({ match = [], route = [] }: Partial<Entry>) => {
        const fromMesh = match.every(({ gateways = ['mesh'] }) => gateways.every(gateway => gateway === 'mesh'));
        const straight = fromMesh && route.every(({ destination }) => spec.hosts.includes(destination.host));
        return where === (straight ? 'straight' : fromMesh ? 'mesh' : 'gateway');
      })
      .map(entry => ({ section, entry })),
  );

/** A server's hosts without the namespace before them. */
export const hostsOf = ({ hosts }: Server): readonly string[] => hosts.map(host => host.slice(host.indexOf('/') + 1));

/** Whether a pattern `*.x` or a name takes in a name. */
export const takesIn = (pattern: string, name: string): boolean =>
  pattern === name || (pattern.startsWith('*') && name.endsWith(pattern.slice(1)));

/** A value as it is compared. */
export const key = (value: unknown): string => JSON.stringify(value);

/** Those that stand more than once. */
export const twice = (texts: readonly string[]): readonly string[] =>
  texts.filter((text, index) => texts.indexOf(text) !== index);
