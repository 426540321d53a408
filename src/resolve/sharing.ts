import type { Source } from '../diagnostics/report.ts';
import { at, type Draft, namespaceOf } from '../draft.ts';
import { bears } from '../k8s/labels.ts';
import { union } from '../namespaces.ts';
import type { Identity, Namespaces } from '../plan.ts';
import type { SettingsSpec, Share, Workspace } from '../workspace.ts';
import { fitsPattern, workspaceOf } from './workspaces.ts';

/** Gives a workspace its settings; those called `global` beside the Workspaces override everybody's. */
export function applySettings(source: Source, { importFrom, exportTo, options }: SettingsSpec, draft: Draft): void {
  const { report, workspaces } = draft;
  if (options !== undefined)
    report.add('WO2309', at(source, 'spec', 'options'), {
      options:
        Object.keys(options)
          .map(name => `options.${name}`)
          .join(', ') || 'options',
    });
  const namespace = namespaceOf(source);
  const isGlobal =
    source.resource.metadata.name === 'global' &&
    workspaces.some(({ origin }) => origin.source !== undefined && namespaceOf(origin.source) === namespace);
  const owner = workspaceOf(namespace, draft);
  if (isGlobal) {
    draft.globalSettings = { importFrom, exportTo };
  } else if (owner === undefined) {
    report.add('WO2305', at(source, 'metadata'), { namespace });
  } else if (owner.settings !== undefined) {
    report.add('WO2304', at(source), { workspace: owner.name }, [
      { words: 'the first stands at', where: owner.settings.origin },
    ]);
  } else {
    owner.settings = { origin: at(source), imports: importFrom ?? [], exports: exportTo ?? [] };
  }
  reportStrangers(source, { importFrom, exportTo }, draft);
}

/** A name that no workspace bears shares with nobody. */
function reportStrangers(
  source: Source,
  lists: Pick<SettingsSpec, 'importFrom' | 'exportTo'>,
  { workspaces, report }: Draft,
): void {
  for (const field of ['importFrom', 'exportTo'] as const) {
    for (const [index, share] of (lists[field] ?? []).entries()) {
      for (const [place, { name }] of (share.workspaces ?? []).entries()) {
        if (name === undefined || workspaces.some(workspace => fitsPattern(name, workspace.name))) continue;
        report.add('WO2308', at(source, 'spec', field, index, 'workspaces', place), { workspace: name });
      }
    }
  }
}

/** What workspaces can share, in the words of their settings. */
export type Shareable = 'EXTERNAL_SERVICE' | 'ROUTE_TABLE';

/** Notes of each workspace with whom it shares anything at all, once the settings of all are known. */
export function findNeighbours(draft: Draft): void {
  for (const owner of draft.workspaces) {
    const exported = exportsOf(owner, draft);
    // Most share nothing, and there may be hundreds.
    if (exported.length === 0) continue;
    const others = draft.workspaces.filter(
      other =>
        other !== owner &&
        exported.some(share => isFor(share, other)) &&
        importsOf(other, draft).some(share => isFor(share, owner)),
    );
    draft.neighbours.set(owner, others);
  }
}

/** The workspaces that see an object of another: the owner exports it, and they import it. */
export const importers = (owner: Workspace, object: Identity, draft: Draft, kind: Shareable): readonly Workspace[] =>
  (draft.neighbours.get(owner) ?? []).filter(workspace => isShared(owner, workspace, object, draft, kind));

function isShared(owner: Workspace, other: Workspace, object: Identity, draft: Draft, kind: Shareable): boolean {
  const exported = exportsOf(owner, draft).some(share => isFor(share, other) && takesIn(share, object, draft, kind));
  return exported && importsOf(other, draft).some(share => isFor(share, owner) && takesIn(share, object, draft, kind));
}

const exportsOf = ({ settings }: Workspace, { globalSettings }: Draft): readonly Share[] =>
  globalSettings?.exportTo ?? settings?.exports ?? [];
const importsOf = ({ settings }: Workspace, { globalSettings }: Draft): readonly Share[] =>
  globalSettings?.importFrom ?? settings?.imports ?? [];

const isFor = ({ workspaces }: Share, { name: known, labels }: Workspace): boolean =>
  workspaces === undefined ||
  workspaces.some(
    ({ name, selector = {} }) => (name === undefined || fitsPattern(name, known)) && bears(labels, selector),
  );

/** No resources are all of them; a kind that is not given is every kind. */
function takesIn({ resources }: Share, object: Identity, { config, cluster }: Draft, kind: Shareable): boolean {
  const ours = config.cluster ?? cluster?.name;
  return (
    resources === undefined ||
    resources.some(
      resource =>
        ['ALL', kind].includes(resource.kind ?? 'ALL') &&
        (resource.cluster === undefined || ours === undefined || resource.cluster === ours) &&
        (resource.name === undefined || resource.name === object.name) &&
        (resource.namespace === undefined || resource.namespace === object.namespace) &&
        bears(object.labels, resource.labels ?? {}),
    )
  );
}

/** The namespaces of a workspace and of those that it imports from: where its policies may look for clients. */
export function reachOf(namespace: string, draft: Draft): Namespaces | undefined {
  const workspace = workspaceOf(namespace, draft);
  if (workspace === undefined) return undefined;
  const reached = draft.reaches.get(workspace);
  if (reached !== undefined) return reached;
  const imported = importsOf(workspace, draft);
  const others =
    imported.length === 0
      ? []
      : draft.workspaces.filter(other => other !== workspace && imported.some(share => isFor(share, other)));
  const found = union([workspace, ...others].map(({ namespaces }) => namespaces));
  draft.reaches.set(workspace, found);
  return found;
}

/** Whether a document of one namespace may select an object: of its own workspace, or one that it imports. */
export function sees(namespace: string, object: Identity, draft: Draft, kind: Shareable = 'EXTERNAL_SERVICE'): boolean {
  const owner = workspaceOf(object.namespace, draft);
  const workspace = workspaceOf(namespace, draft);
  if (owner === undefined || workspace === undefined) return namespace === object.namespace;
  return owner === workspace || isShared(owner, workspace, object, draft, kind);
}
