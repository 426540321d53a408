import type { Source } from '../../diagnostics/report.ts';
import { type Draft, namespaceOf } from '../../draft.ts';
import type { Identity } from '../../plan.ts';
import { fieldsOf, listOf, specOf } from '../../rules/foreign.ts';
import { isExternalService } from '../destinations.ts';
import { chosenBy, selectorIn } from '../selectors.ts';

/** A RouteTable of the list; whether it is an input is known once all are. */
export interface FoundTable extends Identity {
  readonly source: Source;
  /** True for a table with hosts; the others serve those that delegate to them. */
  readonly isRoot: boolean;
}

/** A table as it is found: its schema is asked only if it is about external services. */
export const findTable = (source: Source): FoundTable => ({
  source,
  name: source.resource.metadata.name,
  namespace: namespaceOf(source),
  labels: source.resource.metadata.labels ?? {},
  isRoot: listOf(specOf(source).hosts).length > 0,
});

/** The tables that lead to an external service, by themselves or by those that they delegate to. */
export function tablesToOutside(draft: Draft): ReadonlySet<FoundTable> {
  const found = new Set(draft.tables.filter(({ source }) => namesExternalService(source)));
  if (found.size === 0) return found;
  const candidates = draft.tables.filter(({ isRoot }) => !isRoot);
  const delegates = draft.tables.map(table => ({ table, to: delegatesOf(table, candidates, draft) }));
  for (let before = 0; before < found.size; ) {
    before = found.size;
    for (const { table, to } of delegates) if (to.some(delegate => found.has(delegate))) found.add(table);
  }
  return found;
}

/** What is wrong with a selector is said when its table is read. */
const delegatesOf = (
  { source, namespace }: FoundTable,
  candidates: readonly FoundTable[],
  draft: Draft,
): readonly FoundTable[] =>
  listOf(specOf(source).http)
    .flatMap(route => listOf(fieldsOf(fieldsOf(route).delegate).routeTables))
    .flatMap(selector => chosenBy(candidates, selectorIn(selector), namespace, { draft, what: 'RouteTable' }));

/** Whether a table itself has an external service among its destinations; one that hardly means anything else counts. */
function namesExternalService(source: Source): boolean {
  const { defaultDestination, http, tls, tcp } = specOf(source);
  const routes = [http, tls, tcp].flatMap(listOf).map(route => fieldsOf(fieldsOf(route).forwardTo));
  const destinations = [defaultDestination, ...routes.flatMap(({ destinations: list }) => listOf(list))];
  return destinations.some(destination => isExternalService(fieldsOf(destination).kind));
}
