import { beginning } from '../beginning.ts';
import type { Source, Where } from '../diagnostics/report.ts';
import { at, below, type Draft, namespaceOf } from '../draft.ts';
import { indexed } from '../grouped.ts';
import { bears, labelText } from '../k8s/labels.ts';
import { describe } from '../k8s/resource.ts';
import type { Workspace } from '../workspace.ts';
import { ourCluster } from './clusters.ts';

/** `admin.gloo.solo.io/v2` Workspace. */
export interface WorkspaceSpec {
  readonly workloadClusters?: readonly {
    readonly name?: string;
    readonly selector?: Readonly<Record<string, string>>;
    readonly configEnabled?: boolean;
    readonly namespaces?: readonly NamespaceSpec[];
  }[];
}

interface NamespaceSpec {
  readonly name?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly configEnabled?: boolean;
}

/** A workspace with its namespaces by name; one that already belongs to another is reported. */
export function readWorkspace(source: Source, { workloadClusters = [] }: WorkspaceSpec, draft: Draft): Workspace {
  const silent = new Set<string>();
  const namespaces = new Set<string>();
  for (const [index, cluster] of workloadClusters.entries()) {
    const origin = at(source, 'spec', 'workloadClusters', index);
    if (!isOurs(cluster, origin, draft)) continue;
    for (const [place, spec] of (cluster.namespaces ?? []).entries()) {
      for (const namespace of chosen(spec, below(origin, 'namespaces', place), draft)) {
        namespaces.add(namespace);
        if ((spec.configEnabled ?? cluster.configEnabled) === false) silent.add(namespace);
        reportTwice(namespace, below(origin, 'namespaces', place), draft);
      }
    }
  }
  const { name, labels = {} } = source.resource.metadata;
  return {
    origin: at(source),
    name,
    labels,
    silent,
    namespaces: namespaces.has('*') ? 'everyone' : [...namespaces].sort(),
  };
}

/** A pattern for the cluster's name takes in ours; labels of clusters are known to nobody here. */
function isOurs(
  { name, selector = {} }: { name?: string; selector?: Readonly<Record<string, string>> },
  origin: Where,
  draft: Draft,
): boolean {
  if (name === undefined && Object.keys(selector).length > 0) {
    draft.report.add('WO2301', below(origin, 'selector'), { labels: labelText(selector) });
    return false;
  }
  if (name === undefined || name === '*') return true;
  if (!name.includes('*')) return ourCluster(name, below(origin, 'name'), draft, 'selector');
  const ours = draft.config.cluster ?? draft.cluster?.name;
  return ours === undefined || fitsPattern(name, ours);
}

/** The namespaces that one entry means: `*` is every one, a plain name is itself, the rest chooses among those that are known. */
function chosen(
  { name = '*', labels = {} }: NamespaceSpec,
  origin: Where,
  { config, witnesses, report }: Draft,
): readonly string[] {
  const byLabels = Object.keys(labels).length > 0;
  if (!byLabels && (name === '*' || !name.includes('*'))) return [name];
  const [start = ''] = name.split('*');
  const found = [
    ...namespacesFrom(witnesses.of('', 'Namespace'), start)
      .map(({ resource: { metadata } }) => metadata)
      .filter(metadata => fitsPattern(name, metadata.name) && bears(metadata.labels ?? {}, labels))
      .map(metadata => metadata.name),
    // Of these only the names are known.
    ...(byLabels ? [] : namesFrom(config.namespaces, start).filter(namespace => fitsPattern(name, namespace))),
  ];
  if (found.length === 0) report.add('WO2302', origin, { wanted: byLabels ? `${name} ${labelText(labels)}` : name });
  return [...new Set(found)];
}

const namespacesFrom = beginning(({ resource }: Source) => resource.metadata.name);
const namesFrom = beginning((name: string) => name);

function reportTwice(namespace: string, origin: Where, { workspaces, report }: Draft): void {
  const other = naming(workspaces).get(namespace)?.[0];
  if (other === undefined || namespace === '*') return;
  report.add('WO2303', origin, { namespace, workspace: other.name }, [
    { words: 'the other workspace stands at', where: other.origin },
  ]);
}

/** A name in which every `*` stands for anything. An expression would try all ways to divide a name among many of them. */
export function fitsPattern(pattern: string, name: string): boolean {
  const [start = '', ...parts] = pattern.split('*');
  const end = parts.pop();
  if (end === undefined) return pattern === name;
  const last = name.length - end.length;
  if (last < start.length || !name.startsWith(start) || !name.endsWith(end)) return false;
  let from = start.length;
  for (const part of parts) {
    const found = name.indexOf(part, from);
    if (found < 0 || found + part.length > last) return false;
    from = found + part.length;
  }
  return true;
}

/** The workspace of a namespace: the one that names it, else the one that takes in every namespace. */
export const workspaceOf = (namespace: string, { workspaces }: Pick<Draft, 'workspaces'>): Workspace | undefined =>
  naming(workspaces).get(namespace)?.[0] ?? naming(workspaces).get('*')?.[0];

/** Workspaces by the namespaces that they name; `*` for every one. */
const naming = indexed(({ namespaces }: Workspace) => (namespaces === 'everyone' ? ['*'] : namespaces));

/** Whether a document lies where Gloo reads nothing: its workspace says `configEnabled: false`. */
export function isSilent(source: Source, draft: Pick<Draft, 'workspaces'>): boolean {
  const namespace = namespaceOf(source);
  const silent = workspaceOf(namespace, draft)?.silent;
  return silent !== undefined && (silent.has(namespace) || silent.has('*'));
}

/** Whether a document counts; one that does not is named. */
export function isRead(source: Source, draft: Draft): boolean {
  if (!isSilent(source, draft)) return true;
  const workspace = workspaceOf(namespaceOf(source), draft)?.name ?? '';
  draft.report.add('WO2307', at(source), { object: describe(source.resource), workspace });
  return false;
}
