import type { Source } from '../../diagnostics/report.ts';
import { type Draft, namespaceOf } from '../../draft.ts';
import type { Identity } from '../../plan.ts';
import type { HttpRoute, RouteTable } from '../../routing.ts';
import { fieldsOf, labelsOf, listOf, specOf } from '../../rules/foreign.ts';
import { chosenBy, type ObjectSelector } from '../selectors.ts';
import { workspaceOf } from '../workspaces.ts';

/** A route that a policy chooses, and the table that it stands in. */
export interface SelectedRoute {
  readonly route: HttpRoute;
  readonly table: RouteTable;
}

/** The routes of translated tables that a policy chooses by labels: their own, their table's, or of what delegates to them. */
export const selectedRoutes = (selector: ObjectSelector, source: Source, draft: Draft): readonly SelectedRoute[] =>
  draft.routeTables.flatMap(table =>
    table.http
      .filter(({ marks }) => choose(marks, selector, source, draft) && isOwn(marks, source, draft))
      .map(route => ({ route, table })),
  );

/** Whether a policy chooses routes of tables that pass as they came, too. */
export const selectsOtherTables = (selector: ObjectSelector, source: Source, draft: Draft): boolean =>
  draft.tables
    .filter(table => !draft.used.has(table.source))
    .some(table => {
      const routes = listOf(specOf(table.source).http).map(route => ({
        ...table,
        labels: labelsOf(fieldsOf(route).labels),
      }));
      return choose([table, ...routes], selector, source, draft);
    });

const choose = (marks: readonly Identity[], selector: ObjectSelector, source: Source, draft: Draft): boolean =>
  chosenBy(marks, selector, namespaceOf(source), { draft, what: 'RouteTable' }).length > 0;

/** Policies are never shared: one of another workspace than the tables on the way to a route says nothing of it. */
const isOwn = (marks: readonly Identity[], source: Source, draft: Draft): boolean =>
  marks.some(({ namespace }) => workspaceOf(namespace, draft) === workspaceOf(namespaceOf(source), draft));
