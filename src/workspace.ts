import type { Where } from './diagnostics/report.ts';
import type { Namespaces } from './plan.ts';

/** A workspace of this cluster: its namespaces, and what its settings say. */
export interface Workspace {
  readonly origin: Where;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly namespaces: Namespaces;
  /** Namespaces whose Gloo documents are not read. */
  readonly silent: ReadonlySet<string>;
  /** Filled in by WorkspaceSettings; undefined until then. */
  settings?: { readonly origin: Where; readonly exports: readonly Share[]; readonly imports: readonly Share[] };
}

/** `admin.gloo.solo.io/v2` WorkspaceSettings. */
export interface SettingsSpec {
  readonly importFrom?: readonly Share[] | undefined;
  readonly exportTo?: readonly Share[] | undefined;
  readonly options?: Readonly<Record<string, unknown>>;
}

/** Some resources, for or from some workspaces; what is not given means all. */
export interface Share {
  readonly workspaces?: readonly { readonly name?: string; readonly selector?: Readonly<Record<string, string>> }[];
  readonly resources?: readonly {
    readonly kind?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly name?: string;
    readonly namespace?: string;
    readonly cluster?: string;
  }[];
}
