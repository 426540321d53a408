import type { Path, Source, Where } from '../diagnostics/report.ts';
import { at, below, type Draft, type DraftPort, type DraftService, namespaceOf } from '../draft.ts';
import { nearest } from '../spelling.ts';
import { valueAt } from '../value-at.ts';
import { selectedRoutes, selectsOtherTables } from './routing/selected.ts';
import { type ObjectSelector, select, selectorIn, selectorText, selectsHere } from './selectors.ts';
import { sees } from './sharing.ts';

/** Gloo's DestinationSelector: objects of one kind, and one of their ports or all. */
interface DestinationSelector {
  readonly kind?: unknown;
  readonly selector?: ObjectSelector;
  readonly port?: { readonly number?: number; readonly name?: string };
}

/** One selection of a policy, and the place where it stands. */
export interface Choice {
  readonly destination: DestinationSelector;
  readonly origin: Where;
}

/** A selection of routes of tables by labels. */
export interface RouteChoice {
  readonly selector: ObjectSelector;
  readonly origin: Where;
}

/** What a policy applies to, before its schema has seen it. */
interface Choices {
  /** Those that select external services. */
  readonly ours: readonly Choice[];
  /** Those that select routes of tables which are translated. */
  readonly routes: readonly RouteChoice[];
  /** Those that select some destinations of such routes alone. */
  readonly narrowed: readonly RouteChoice[];
  /** True where it names something else too. */
  readonly others: boolean;
  /** True where it names nothing, which in Gloo is everything. */
  readonly none: boolean;
}

/** Read before the schema: a policy that is not about us must not be judged by us. */
export function choicesOf(source: Source, draft: Draft): Choices {
  const entries = [
    ...listAt(source, ['applyToDestinations']).map(({ value, path }) => ({ value, path, whole: true })),
    ...listAt(source, ['applyToRoutes']).map(({ value, path }) => ({
      value: valueAt(value, ['withDestinations']),
      path: [...path, 'withDestinations'],
      whole: valueAt(value, ['route']) === undefined,
    })),
    ...listAt(source, ['applyToRouteDestinations']).flatMap(({ value, path }) => {
      const destinations = listIn(valueAt(value, ['onDestinations']), [...path, 'onDestinations']);
      // Routes that are chosen by labels are those of route tables.
      const whole = valueAt(value, ['route']) === undefined;
      return destinations.length === 0 && !whole
        ? [{ value: undefined, path, whole }]
        : destinations.map(entry => ({ ...entry, whole }));
    }),
  ];
  const ours = entries.filter(({ value, whole }) => whole && isExternalService(valueAt(value, ['kind'])));
  const [routes, narrowed] = routesIn(source, draft);
  const shared = routes.some(({ selector }) => selectsOtherTables(selector, source, draft));
  return {
    routes,
    narrowed,
    // The schema is asked before anything but the kind is used.
    ours: ours.map(({ value, path }) => ({
      destination: value as DestinationSelector,
      origin: at(source, 'spec', ...path),
    })),
    others: shared || entries.length > ours.length + routes.length,
    none: entries.length === 0,
  };
}

/** The choices by labels that reach a route of a translated table: those of whole routes, and those of some of their destinations. */
function routesIn(source: Source, draft: Draft): readonly [RouteChoice[], RouteChoice[]] {
  const found = (['applyToRoutes', 'applyToRouteDestinations'] as const)
    .flatMap(field => listAt(source, [field]))
    .filter(({ value }) => isObject(valueAt(value, ['route'])))
    .map(({ value, path }) => ({
      selector: selectorIn(valueAt(value, ['route'])),
      origin: at(source, 'spec', ...path, 'route'),
      isWhole: valueAt(value, ['withDestinations']) === undefined && !isFilled(valueAt(value, ['onDestinations'])),
    }))
    .filter(({ selector }) => selectedRoutes(selector, source, draft).length > 0);
  return [found.filter(({ isWhole }) => isWhole), found.filter(({ isWhole }) => !isWhole)];
}

const isFilled = (value: unknown): boolean => value !== undefined && !(Array.isArray(value) && value.length === 0);

/** One that hardly means anything else is judged too: left alone, its policy would do nothing. */
export const isExternalService = (kind: unknown): boolean =>
  typeof kind === 'string' && nearest(kind, ['ExternalService', 'ExternalServices']) !== undefined;

const listIn = (value: unknown, path: Path): { value: unknown; path: Path }[] =>
  Array.isArray(value)
    ? value.map((item, index) => ({ value: item, path: [...path, index] })).filter(({ value: item }) => isObject(item))
    : [];

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;

const listAt = ({ resource }: Source, [field]: readonly [string]) => listIn(valueAt(resource.spec, [field]), [field]);

/** Whether a policy is an input: it selects external services, or routes to them. It leaves the output, unless it selects other things too. */
export function isInput(source: Source, { ours, routes, others }: Choices, draft: Draft): boolean {
  const [first] = [...ours, ...routes];
  if (first === undefined) return false;
  if (others) {
    draft.keptToo.add(source);
    draft.report.add('WO2201', at(source, 'spec', first.origin.field?.[1] ?? ''), {});
  } else draft.used.add(source);
  return true;
}

/** Whether a policy that names nothing could mean external services. */
export const mayMeanOurs = (source: Source, draft: Draft): boolean =>
  draft.services.some(service => sees(namespaceOf(source), service, draft));

interface Target {
  readonly service: DraftService;
  readonly ports: readonly DraftPort[];
}

/** The services that one entry selects, each with the ports it means; nothing selected is an error. */
export function targets(source: Source, { destination, origin }: Choice, draft: Draft): readonly Target[] {
  const { selector, port } = destination;
  const where = below(origin, 'selector');
  if (!selectsHere(selector, where, draft)) return [];
  const { cluster: _, ...rest } = selector ?? {};
  const services = select(draft.services, rest, where, namespaceOf(source), { draft, what: 'ExternalService' });
  const found = services.flatMap(service => {
    const ports = service.ports.filter(candidate => fits(candidate, port));
    return ports.length > 0 ? [{ service, ports }] : [];
  });
  if (found.length === 0 && !draft.incomplete && !wasRendered(source, selector, draft)) {
    const portText = port === undefined ? '' : ` with port ${port.number ?? port.name}`;
    draft.report.add('WO2020', where, { selector: selectorText(selector), what: `ExternalService${portText}` });
  }
  return found;
}

/** Whether a policy that an earlier render kept, for what else it selects, means a service that this render made objects of. */
const wasRendered = (source: Source, selector: ObjectSelector | undefined, draft: Draft): boolean =>
  draft.keptToo.has(source) &&
  draft.rendered.some(
    ({ namespace, name }) =>
      namespace === (selector?.namespace ?? namespaceOf(source)) &&
      (selector?.name === undefined || selector.name === name),
  );

const fits = (port: DraftPort, wanted: DestinationSelector['port']): boolean =>
  wanted === undefined || (wanted.number === undefined ? port.name === wanted.name : port.number === wanted.number);
