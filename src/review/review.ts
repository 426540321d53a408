import { grouped } from '../grouped.ts';
import { describe, idOf, type Resource } from '../k8s/resource.ts';
import { sourceOf } from '../read.ts';
import { print } from '../yaml/print.ts';
import { changesOf, type WayChanges } from './changes.ts';
import { decisive } from './egress-objects.ts';
import { type GuardChange, guardChanges, isGuard } from './guards.ts';
import { unreadIn } from './unread.ts';
import { waysOf } from './ways.ts';

/** One side of a comparison: what wayout made, and the other objects that may decide what exits the mesh. */
export interface Side {
  readonly generated: readonly Resource[];
  readonly foreign: readonly Resource[];
  /** What of wayout's stands in the files, whatever it would be once its inputs are rendered again. */
  readonly standing: readonly Resource[];
}

/** What a change does, for whoever has to approve it. */
export interface Review extends WayChanges {
  /** Whether anything may leave the mesh that could not before; what is not judged counts. */
  readonly opens: boolean;
  readonly guards: readonly GuardChange[];
  readonly objects: readonly ObjectChange[];
  /** Objects that differ in what no line here speaks of: others than wayout's, and wayout's that were edited by hand. */
  readonly unjudged: readonly Difference[];
}

/** An object that is not the same on both sides. */
interface Difference {
  readonly change: 'added' | 'removed' | 'changed';
  readonly resource: Resource;
}

/** An object of wayout's that is not the same on both sides, as text with its keys sorted. */
interface ObjectChange extends Difference {
  readonly source: string;
  /** `ServiceEntry shop/pay`. */
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** Compares what two sides let out of the mesh, from their Istio objects alone. */
export function reviewOf(base: Side, head: Side): Review {
  const [before, after] = [waysOf(base.generated), waysOf(head.generated)];
  const ways = changesOf(before.ways, after.ways);
  const guards = guardChanges(base.generated, head.generated);
  // What no way and no guard is made from may say anything.
  const isRead = (resource: Resource): boolean =>
    before.consulted.has(resource) || after.consulted.has(resource) || isGuard(resource);
  const whole = (resource: Resource): string => textOf(decisive(resource));
  const unread = (resources: readonly Resource[]) => {
    const left = unreadIn(resources);
    return (resource: Resource): string => (isRead(resource) ? left(resource) : whole(resource));
  };
  const unjudged = [
    ...differences(base.foreign, head.foreign, whole),
    ...differences(base.generated, head.generated, unread(base.generated), unread(head.generated)).filter(
      ({ change, resource }) => change === 'changed' || !isRead(resource),
    ),
    ...editedByHand(base, head),
  ].map(({ change, resource }) => ({ change, resource }));
  return {
    ...ways,
    opens: unjudged.length + ways.opened.length > 0 || [...ways.changed, ...guards].some(({ opens }) => opens),
    guards,
    objects: differences(base.generated, head.generated, textOf).map(({ before, after, ...difference }) => ({
      ...difference,
      source: sourceOf(difference.resource.metadata) ?? '',
      path: describe(difference.resource),
      before,
      after,
    })),
    unjudged,
  };
}

/** What a change edits beside the inputs that it would be made from: nobody knows whether it is rendered again before it is applied. */
function editedByHand(base: Side, head: Side): readonly Difference[] {
  if (head.standing.length === 0 && base.standing === base.generated) return [];
  const made = byId(head.generated);
  const isMade = (resource: Resource, now: string | undefined): boolean =>
    made.get(idIn(resource))?.map(textOf).join('---\n') === now;
  return differences(base.standing, head.standing, textOf).filter(({ resource, after }) => !isMade(resource, after));
}

/** The objects whose texts differ; several of one name are compared together, in their order. */
function differences(
  base: readonly Resource[],
  head: readonly Resource[],
  text: (resource: Resource) => string,
  textAfter = text,
) {
  const [before, after] = [byId(base), byId(head)];
  const ids = [...new Set([...before.keys(), ...after.keys()])].sort();
  return ids.flatMap(id => {
    const [old, now] = [before.get(id), after.get(id)];
    const [resource] = now ?? old ?? [];
    const texts = { before: old?.map(text).join('---\n'), after: now?.map(textAfter).join('---\n') };
    if (resource === undefined || texts.before === texts.after) return [];
    const change = old === undefined ? 'added' : now === undefined ? 'removed' : 'changed';
    return [{ change, resource, ...texts } as const];
  });
}

/** Objects by namespace, kind and name, so that what belongs together stands together. */
const byId = (resources: readonly Resource[]): ReadonlyMap<string, readonly Resource[]> =>
  grouped(resources, resource => [idIn(resource)]);

const idIn = (resource: Resource): string => `${resource.metadata.namespace ?? ''} ${idOf(resource)}`;

/** An object as text that does not tell who printed it: hosts that read and write it sort its keys. */
const textOf = (resource: object): string => print(byKey(resource));

const byKey = (value: object): object =>
  Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, item]) => [key, sorted(item)]),
  );

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  return typeof value === 'object' && value !== null ? byKey(value) : value;
}
