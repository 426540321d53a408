import type { Path, Source } from '../diagnostics/report.ts';
import { type Draft, namespaceOf } from '../draft.ts';
import { indexed } from '../grouped.ts';
import { bears } from '../k8s/labels.ts';
import { qualified } from '../k8s/resource.ts';
import { fieldsOf, labelsOf, listOf, specOf } from '../rules/foreign.ts';
import type { FoundTable } from './routing/trees.ts';
import { type ObjectSelector, selectorIn } from './selectors.ts';
import type { Touch } from './touches.ts';
import { workspaceOf } from './workspaces.ts';

/** Kinds that mean every route of their workspace where they name nothing. */
const meanEveryRoute = [
  'CSRFPolicy',
  'DLPPolicy',
  'HTTPBufferPolicy',
  'JWTPolicy',
  'LuaPolicy',
  'TransformationPolicy',
  'WAFPolicy',
];

/** Tables that are translated, by the labels of their routes: Gloo does not see them any more. */
export const routeTouches = (source: Source, draft: Draft): readonly Touch[] =>
  choicesIn(source).flatMap(({ field, route }): Touch[] => {
    const tables = tablesFor(selectorIn(route), source, draft);
    if (tables.length === 0) return [];
    const what = tables.map(table => `RouteTable ${qualified(table)}`).join(', ');
    return [{ field, how: 'acts', what, services: [], isHere: true }];
  });

/** The places where a document chooses routes, or names a table. */
function choicesIn(source: Source): readonly { readonly field: Path; readonly route: unknown }[] {
  const { applyToRoutes, applyToDestinations, routeTableRef } = specOf(source);
  const namesNothing = [applyToRoutes, applyToDestinations].every(list => listOf(list).length === 0);
  if (namesNothing && meanEveryRoute.includes(source.resource.kind)) return [{ field: [], route: {} }];
  return [
    ...listOf(applyToRoutes).map((entry, index) => ({
      field: ['applyToRoutes', index, 'route'],
      route: fieldsOf(entry).route,
    })),
    { field: ['routeTableRef'], route: routeTableRef },
  ].filter(({ route }) => route !== undefined);
}

/** A route bears the labels of its table and its own. */
const labelSets = (table: FoundTable) =>
  [{}, ...listOf(specOf(table.source).http).map(route => labelsOf(fieldsOf(route).labels))].map(labels => ({
    ...table.labels,
    ...labels,
  }));

const byLabel = indexed((table: FoundTable) => new Set(labelSets(table).flatMap(Object.entries).map(String)));

/** The translated tables of a document's workspace that a selector means, whole or by one of their routes. */
function tablesFor({ labels = {}, ...names }: ObjectSelector, source: Source, draft: Draft): readonly FoundTable[] {
  const [first] = Object.entries(labels).map(String);
  const tables = first === undefined ? draft.tables : (byLabel(draft.tables).get(first) ?? []);
  const own = workspaceOf(namespaceOf(source), draft);
  return tables.filter(
    table =>
      draft.used.has(table.source) &&
      workspaceOf(table.namespace, draft) === own &&
      [undefined, table.namespace].includes(names.namespace) &&
      [undefined, table.name].includes(names.name) &&
      (own === undefined || [undefined, own.name].includes(names.workspace)) &&
      labelSets(table).some(set => bears(set, labels)),
  );
}
