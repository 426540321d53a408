import type { Where } from '../diagnostics/report.ts';
import { below, type Draft } from '../draft.ts';
import { bears, labelText } from '../k8s/labels.ts';
import { qualified } from '../k8s/resource.ts';
import type { Identity, Namespaces } from '../plan.ts';
import { fieldsOf, labelsOf } from '../rules/foreign.ts';
import { mayFit } from './candidates.ts';
import { ourCluster } from './clusters.ts';
import { reachOf, sees } from './sharing.ts';
import { workspaceOf } from './workspaces.ts';

/** Gloo's ObjectSelector: what is given must fit, what is absent fits all. */
export interface ObjectSelector {
  readonly labels?: Readonly<Record<string, string>>;
  readonly name?: string;
  readonly namespace?: string;
  readonly cluster?: string;
  readonly workspace?: string;
}

/** What a selector can choose among. */
type Selectable = 'ExternalEndpoint' | 'ExternalService' | 'RouteTable';

/**
 * Those that a selector chooses: without workspaces, in its own document's namespace or in the one it gives; with them, in
 * its workspace and, but for endpoints, among those that the workspace imports.
 *
 * Matches elsewhere are named in a warning and not used: another team's object must not take part.
 */
export function select<T extends Identity>(
  candidates: readonly T[],
  selector: ObjectSelector | undefined,
  origin: Where,
  namespace: string,
  { draft, what }: { readonly draft: Draft; readonly what: Selectable },
): readonly T[] {
  if (!selectsHere(selector, origin, draft)) return [];
  const inScope = scopeOf(selector, namespace, what, draft);
  // One that asks for nothing means what lies in its reach: that there is more elsewhere surprises nobody.
  const isOpen =
    selector?.namespace === undefined &&
    selector?.workspace === undefined &&
    (selector?.name !== undefined || asksLabels(selector));
  const isOutside = (candidate: T): boolean => fits(selector, candidate) && !inScope(candidate);
  const outside = isOpen ? first(shownOutside + 1, mayFit(candidates, selector), isOutside) : [];
  if (outside.length > 0) {
    draft.report.add('WO2021', origin, {
      selector: selectorText(selector),
      found: [
        ...outside.slice(0, shownOutside).map(candidate => `${what} ${qualified(candidate)}`),
        ...(outside.length > shownOutside ? ['more'] : []),
      ].join(', '),
    });
  }
  return mayFit(candidates, selector, reach(selector, namespace, what, draft)).filter(
    candidate => fits(selector, candidate) && inScope(candidate),
  );
}

const asksLabels = (selector: ObjectSelector | undefined): boolean => Object.keys(selector?.labels ?? {}).length > 0;

/** As many names as a message has room for. */
const shownOutside = 10;

/** The first of a list that are so: the rest is not looked at. */
function first<T>(count: number, list: readonly T[], isSo: (item: T) => boolean): readonly T[] {
  const found: T[] = [];
  for (const item of list) {
    if (found.length === count) break;
    if (isSo(item)) found.push(item);
  }
  return found;
}

/** Those that a selector of a document chooses that nobody translates: no word is said of others. */
export function chosenBy<T extends Identity>(
  candidates: readonly T[],
  selector: ObjectSelector,
  namespace: string,
  { draft, what }: { readonly draft: Draft; readonly what: Selectable },
): readonly T[] {
  const ours = draft.config.cluster ?? draft.cluster?.name;
  if (selector.cluster !== undefined && ours !== undefined && selector.cluster !== ours) return [];
  const inScope = scopeOf(selector, namespace, what, draft);
  return mayFit(candidates, selector, reach(selector, namespace, what, draft)).filter(
    candidate => fits(selector, candidate) && inScope(candidate),
  );
}

/** Which objects a selector may choose at all; endpoints never leave their workspace. */
function scopeOf(
  selector: ObjectSelector | undefined,
  namespace: string,
  what: Selectable,
  draft: Draft,
): (candidate: Identity) => boolean {
  const wanted = selector?.namespace;
  const own = workspaceOf(namespace, draft);
  if (own === undefined) return candidate => candidate.namespace === (wanted ?? namespace);
  return candidate => {
    const owner = workspaceOf(candidate.namespace, draft);
    if (wanted !== undefined && candidate.namespace !== wanted) return false;
    if (selector?.workspace !== undefined && owner?.name !== selector.workspace) return false;
    if (what === 'ExternalEndpoint') return owner === own;
    return sees(namespace, candidate, draft, what === 'RouteTable' ? 'ROUTE_TABLE' : 'EXTERNAL_SERVICE');
  };
}

/** The namespaces beyond which a selector chooses nothing. */
function reach(selector: ObjectSelector | undefined, namespace: string, what: Selectable, draft: Draft): Namespaces {
  const own = workspaceOf(namespace, draft);
  if (own === undefined) return [selector?.namespace ?? namespace];
  return what === 'ExternalEndpoint' ? own.namespaces : (reachOf(namespace, draft) ?? 'everyone');
}

/** Whether a selector speaks of this cluster and of a workspace that is there; both are reported where they do not fit. */
export function selectsHere(selector: ObjectSelector | undefined, origin: Where, draft: Draft): boolean {
  const workspace = selector?.workspace;
  if (workspace !== undefined && !draft.workspaces.some(({ name }) => name === workspace)) {
    draft.report.add('WO2123', below(origin, 'workspace'), { workspace });
    return false;
  }
  return selector?.cluster === undefined || ourCluster(selector.cluster, below(origin, 'cluster'), draft, 'selector');
}

const fits = (selector: ObjectSelector | undefined, { name, labels }: Pick<Identity, 'name' | 'labels'>): boolean =>
  (selector?.name === undefined || selector.name === name) && bears(labels, selector?.labels ?? {});

/** A selector that no schema has seen: what has no meaning is left out. */
export function selectorIn(value: unknown): ObjectSelector {
  const { labels, ...rest } = fieldsOf(value);
  return { ...labelsOf(rest), labels: labelsOf(labels) };
}

/** A selector as messages show it. */
export const selectorText = (selector: ObjectSelector | undefined): string =>
  labelText({
    ...(selector?.namespace !== undefined && { namespace: selector.namespace }),
    ...(selector?.name !== undefined && { name: selector.name }),
    ...selector?.labels,
  });
