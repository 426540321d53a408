import type { Config } from './config.ts';
import type { Report, Source, Where } from './diagnostics/report.ts';
import { canonicalHost } from './hosts.ts';
import type { Access, Endpoint, ExternalService, Gateway, Namespaces, Origination, Port, Subset } from './plan.ts';
import type { FoundTable } from './resolve/routing/trees.ts';
import type { RouteTable } from './routing.ts';
import type { Traffic } from './traffic.ts';
import type { Witnesses } from './witnesses.ts';
import type { SettingsSpec, Workspace } from './workspace.ts';

/** What the kinds build together, in their order; it becomes the Plan once the rules have passed it. */
export interface Draft {
  readonly config: Config;
  readonly witnesses: Witnesses;
  readonly report: Report;
  /** Those of EgressConfig, by the host as it is compared. */
  readonly virtualAddresses: ReadonlyMap<string, string>;
  readonly workspaces: Workspace[];
  /** What settings called `global` say for every workspace. */
  globalSettings: Pick<SettingsSpec, 'importFrom' | 'exportTo'> | undefined;
  /** With whom a workspace shares anything, by the workspace that exports it; complete when services are read. */
  readonly neighbours: Map<Workspace, readonly Workspace[]>;
  /** Where the policies of a workspace may look for clients, once one has asked. */
  readonly reaches: Map<Workspace, Namespaces>;
  readonly endpoints: DraftEndpoint[];
  /** Every VirtualGateway of the list, by `namespace/name`; whether an external service uses it is not yet known. */
  readonly virtualGateways: Map<string, Source>;
  /** The gateways that external services use; undefined for one that was reported. */
  readonly gateways: Map<string, Gateway | undefined>;
  readonly services: DraftService[];
  /** Every RouteTable of the list; which of them are inputs is known once all are. */
  readonly tables: FoundTable[];
  readonly routeTables: RouteTable[];
  /** Documents that their schema has judged as a whole. */
  readonly judged: Set<Source>;
  /** Inputs that are translated: they leave the output. */
  readonly used: Set<Source>;
  /** Inputs that are translated and stay in the output too, for what else they select. */
  readonly keptToo: Set<Source>;
  /** The external services of an earlier render: what was made from them is in the list, and they are not. */
  readonly rendered: readonly { readonly namespace: string; readonly name: string }[];
  /** True once an input could not be read: what then selects nothing may have meant that one. */
  incomplete: boolean;
  /** The cluster that references name, once one did. */
  cluster: { readonly name: string; readonly origin?: Where } | undefined;
}

/** An ExternalEndpoint before a service has selected it; its ports are as written. */
export interface DraftEndpoint extends Omit<Endpoint, 'ports'> {
  readonly namespace: string;
  readonly ports: readonly { readonly name?: string; readonly number: number }[];
}

/** An external service that policies may still add to. */
export interface DraftService extends ExternalService {
  readonly ports: readonly DraftPort[];
  readonly access: Access[];
  readonly tables: RouteTable[];
  readonly subsets: Subset[];
  /** Gateways that a table leads to it join its clients. */
  clients: Namespaces;
  ingresses: readonly string[];
  /** What its own `subjectAltNames` say, for TLS that a policy opens. */
  readonly subjectAltNames: readonly string[];
}

/** A port that traffic policies may still add to. */
export interface DraftPort extends Port {
  origination?: Origination;
  tabled: boolean;
  /** The policy that has already spoken of its TLS. */
  tlsPolicy?: Where;
  readonly traffic: { -readonly [Part in keyof Traffic]: Traffic[Part] };
}

/** The place of a field in an object: `at(source, 'spec', 'ports', 0)`. */
export const at = (source: Source, ...field: readonly (string | number)[]): Where => ({ source, field });

/** The place of a field below a place. */
export const below = (where: Where, ...field: readonly (string | number)[]): Where => ({
  ...where,
  field: [...(where.field ?? []), ...field],
});

/** A field's place in words: `spec.ports[0].number`. */
export const fieldName = (field: readonly (string | number)[]): string =>
  field.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : text === '' ? part : `${text}.${part}`),
    '',
  );

/** The namespace of an input; reading has made sure that it has one. */
export const namespaceOf = ({ resource }: Source): string => resource.metadata.namespace ?? 'default';

/** A draft that nothing was added to yet. */
export const draftOf = (config: Config, witnesses: Witnesses, rendered: Draft['rendered'], report: Report): Draft => ({
  config,
  witnesses,
  report,
  // Of two spellings of one host the first holds.
  virtualAddresses: new Map(
    Object.entries(config.virtualAddresses)
      .reverse()
      .map(([host, address]) => [canonicalHost(host), address]),
  ),
  workspaces: [],
  globalSettings: undefined,
  neighbours: new Map(),
  reaches: new Map(),
  endpoints: [],
  virtualGateways: new Map(),
  gateways: new Map(),
  services: [],
  tables: [],
  routeTables: [],
  judged: new Set(),
  used: new Set(),
  keptToo: new Set(),
  rendered,
  incomplete: false,
  cluster: undefined,
});
