import type { Source } from '../../diagnostics/report.ts';
import { at, below, type Draft, namespaceOf } from '../../draft.ts';
import { qualified } from '../../k8s/resource.ts';
import type { Identity } from '../../plan.ts';
import type { HttpMatch, HttpRoute } from '../../routing.ts';
import { readSpec } from '../../schemas.ts';
import { select, selectorText } from '../selectors.ts';
import { readAction } from './actions.ts';
import { reportBeside } from './beside.ts';
import { combined } from './combining.ts';
import { readMatches } from './matches.ts';
import { bySpecificity, type Weighed } from './order.ts';
import type { DelegateSpec, TableSpec } from './spec.ts';
import type { FoundTable } from './trees.ts';
import { narrowed, readWorkloads } from './workloads.ts';

/** A table on the way down from its root: what the routes above ask of every request that gets here. */
interface Level {
  readonly table: FoundTable;
  readonly spec: TableSpec;
  readonly marks: HttpRoute['marks'];
  readonly matches: readonly HttpMatch[];
  readonly workloads: HttpRoute['workloads'];
  /** The tables above it. */
  readonly above: readonly FoundTable[];
  /** How often a table was delegated to below this root. */
  readonly visits: { count: number };
}

/** More than any list needs; two ways to each table of a chain double with each of them, and would fill the memory. */
const maximum = 10_000;

/** The HTTP routes of a root, those that it delegates among them. */
export const readHttp = (
  table: FoundTable,
  spec: TableSpec,
  workloads: HttpRoute['workloads'],
  draft: Draft,
): readonly HttpRoute[] =>
  withNames(routesOf({ table, spec, marks: [], matches: [], workloads, above: [], visits: { count: 0 } }, draft));

function routesOf(level: Level, draft: Draft): readonly HttpRoute[] {
  const { table, spec, workloads } = level;
  return (spec.http ?? []).flatMap((route, index): readonly HttpRoute[] => {
    const origin = at(table.source, 'spec', 'http', index);
    const own = readMatches(route.matchers ?? [], origin, draft);
    if (own.length < (route.matchers ?? []).length) return [];
    const matches = combined(level.matches, own);
    if (typeof matches === 'string') {
      draft.report.add('WO2522', origin, { unwritable: matches === 'unwritable' }, [
        { words: 'the table that delegates stands at', where: at(level.above.at(-1)?.source ?? table.source) },
      ]);
      return [];
    }
    const marks = [...level.marks, markOf(table), { ...markOf(table), labels: route.labels ?? {} }];
    if (route.delegate !== undefined)
      return delegated({ ...level, marks, matches }, route.delegate, below(origin, 'delegate'), draft);
    const action = readAction(route, spec, matches, origin, draft);
    if (action === undefined) return [];
    return [
      {
        origin,
        ...(route.name !== undefined && route.name !== '' && { name: route.name.replace(/^insecure-/, '') }),
        marks,
        matches,
        workloads,
        action,
        traffic: {},
      },
    ];
  });
}

const markOf = ({ name, namespace, labels }: FoundTable): Identity => ({ name, namespace, labels });

/** The routes of the tables that a route delegates to, in the order that it asks for. */
function delegated(
  level: Level,
  { routeTables = [], allowedRoutes, sortMethod = 'TABLE_WEIGHT' }: DelegateSpec,
  origin: ReturnType<typeof at>,
  draft: Draft,
): readonly HttpRoute[] {
  if (allowedRoutes !== undefined)
    draft.report.add('WO2510', below(origin, 'allowedRoutes'), {
      field: 'allowedRoutes',
      why: 'is about cloud functions alone',
    });
  const found = new Set(
    routeTables.flatMap((selector, index) => {
      const where = below(origin, 'routeTables', index);
      const chosen = selectTables(level.table.source, selector, where, draft);
      if (chosen.length === 0 && !draft.incomplete)
        draft.report.add('WO2020', where, { selector: selectorText(selector), what: 'RouteTable without hosts' });
      return chosen;
    }),
  );
  if (routeTables.length === 0) draft.report.add('WO2020', origin, { selector: '{}', what: 'RouteTable' });
  const above = [...level.above, level.table];
  const weighed = [...found].flatMap((table, index): Weighed[] => {
    if (above.includes(table)) {
      draft.report.add('WO2521', origin, { table: qualified(table) }, [
        { words: 'it stands at', where: at(table.source) },
      ]);
      return [];
    }
    level.visits.count += 1;
    if (level.visits.count > maximum) {
      const [root = level.table] = above;
      if (level.visits.count === maximum + 1) draft.report.add('WO2435', at(root.source), { maximum });
      return [];
    }
    const isKnown = draft.used.has(table.source);
    draft.used.add(table.source);
    const spec = readSpec<TableSpec>(table.source, 'route-table', draft);
    if (spec === undefined) return [];
    if (!isKnown) reportBeside(table, spec, draft);
    const own = readWorkloads(table.source, spec, draft);
    const workloads = narrowed(level.workloads, own ?? []);
    if (workloads === undefined) {
      draft.report.add('WO2523', at(table.source, 'spec', 'workloadSelectors'), {}, [
        { words: 'the table that delegates stands at', where: at(level.table.source) },
      ]);
      return [];
    }
    const routes = routesOf({ ...level, table, spec, workloads, above }, draft);
    return routes.map((route): Weighed => ({ route, weight: spec.weight ?? 0, index }));
  });
  const byWeight = weighed.toSorted((one, other) => other.weight - one.weight || one.index - other.index);
  return (sortMethod === 'TABLE_WEIGHT' ? byWeight : byWeight.toSorted(bySpecificity)).map(({ route }) => route);
}

/** The tables that a selector chooses: those without hosts, of the workspace or imported into it. */
const selectTables = (
  source: Source,
  selector: NonNullable<DelegateSpec['routeTables']>[number],
  origin: ReturnType<typeof at>,
  draft: Draft,
): readonly FoundTable[] =>
  select(
    draft.tables.filter(({ isRoot }) => !isRoot),
    selector,
    origin,
    namespaceOf(source),
    { draft, what: 'RouteTable' },
  );

/** Route names are for metrics: Gloo makes those that stand twice differ, so that nothing is counted for another. */
function withNames(routes: readonly HttpRoute[]): readonly HttpRoute[] {
  const counts = new Map<string, number>();
  return routes.map(route => {
    if (route.name === undefined) return route;
    const before = counts.get(route.name) ?? 0;
    counts.set(route.name, before + 1);
    return before === 0 ? route : { ...route, name: `duplicate-${route.name}-${before}` };
  });
}
