import type { parse } from 'yaml';

/** A document of the list, as YAML gives it: fields of any shape. */
export type Written = ReturnType<typeof parse>;

/** Who sees what, as Workspaces and WorkspaceSettings of a list write it. */
export interface Sharing {
  /** The workspace of a namespace, by name; undefined for one that is in none. */
  readonly ownerOf: (namespace: string) => string | undefined;
  /** The namespaces of a workspace; `*` for all. */
  readonly membersOf: (workspace: string) => readonly string[];
  /** The workspaces that see an external service of another. */
  readonly importersOf: (owner: string, service: Named) => readonly string[];
  /** The workspaces that one imports anything from. */
  readonly importedBy: (workspace: string) => readonly string[];
}

interface Named {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** Reads the workspaces among documents; `known` are the namespaces that patterns choose from. */
export function sharingOf(documents: readonly Written[], known: readonly string[]): Sharing {
  const workspaces = documents.filter(({ kind }) => kind === 'Workspace');
  const members = new Map<string, readonly string[]>(
    workspaces.map(({ metadata, spec }) => [
      metadata.name,
      spec.workloadClusters[0].namespaces.flatMap(({ name }: Written) =>
        name !== '*' && name.includes('*') ? known.filter(each => like(name, each)) : [name],
      ),
    ]),
  );
  const labels = new Map<string, Named['labels']>(
    workspaces.map(({ metadata }) => [metadata.name, metadata.labels ?? {}]),
  );
  const names = [...members.keys()];
  const membersOf = (workspace: string) => members.get(workspace) ?? [];
  const ownerOf = (namespace: string) =>
    names.find(name => membersOf(name).includes(namespace)) ?? names.find(name => membersOf(name).includes('*'));
  const settings = documents.filter(({ kind }) => kind === 'WorkspaceSettings');
  const global = settings.find(({ metadata }) => metadata.name === 'global')?.spec;
  const sharesOf = (workspace: string, field: 'importFrom' | 'exportTo'): readonly Written[] =>
    global?.[field] ??
    settings.find(({ metadata }) => metadata.name !== 'global' && ownerOf(metadata.namespace) === workspace)?.spec?.[
      field
    ] ??
    [];
  const isFor = (share: Written, other: string): boolean =>
    share.workspaces === undefined ||
    share.workspaces.some(
      ({ name = '*', selector = {} }: Written) => like(name, other) && bears(labels.get(other) ?? {}, selector),
    );
  return {
    ownerOf,
    membersOf,
    importersOf: (owner, service) =>
      names.filter(
        other =>
          other !== owner &&
          sharesOf(owner, 'exportTo').some(share => isFor(share, other) && isAbout(share, service)) &&
          sharesOf(other, 'importFrom').some(share => isFor(share, owner) && isAbout(share, service)),
      ),
    importedBy: workspace =>
      names.filter(
        other => other !== workspace && sharesOf(workspace, 'importFrom').some(share => isFor(share, other)),
      ),
  };
}

const isAbout = ({ resources }: Written, service: Named): boolean =>
  resources === undefined ||
  resources.some(
    ({ kind = 'ALL', name = service.name, namespace = service.namespace, labels = {} }: Written) =>
      (kind === 'ALL' || kind === 'EXTERNAL_SERVICE') &&
      name === service.name &&
      namespace === service.namespace &&
      bears(service.labels, labels),
  );

/** Whether labels have all that a selector asks for. */
export const bears = (labels: Readonly<Record<string, string>>, wanted: Readonly<Record<string, string>>): boolean =>
  Object.entries(wanted).every(([key, value]) => labels[key] === value);

const like = (pattern: string, name: string): boolean =>
  pattern === '*' ||
  (pattern.startsWith('*')
    ? name.endsWith(pattern.slice(1))
    : pattern.endsWith('*')
      ? name.startsWith(pattern.slice(0, -1))
      : name === pattern);
