import { describe, groupOf, idOf, type Resource } from '../k8s/resource.ts';
import { sourceOf } from '../read.ts';
import { print } from '../yaml/print.ts';
import { changesOf, type WayChanges } from './changes.ts';
import { type GuardChange, guardChanges } from './guards.ts';
import { waysOf } from './ways.ts';

/** One side of a comparison: what wayout made, and Istio's other objects. */
export interface Side {
  readonly generated: readonly Resource[];
  readonly foreign: readonly Resource[];
}

/** What a change does, for whoever has to approve it. */
export interface Review extends WayChanges {
  /** Whether anything may leave the mesh that could not before. */
  readonly opens: boolean;
  readonly guards: readonly GuardChange[];
  readonly objects: readonly ObjectChange[];
  /** Objects of Istio's that are not wayout's and that differ: they may open or close ways that no line here speaks of. */
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
  const ways = changesOf(waysOf(base.generated), waysOf(head.generated));
  const guards = guardChanges(base.generated, head.generated);
  return {
    ...ways,
    opens: ways.opened.length > 0 || [...ways.changed, ...guards].some(({ opens }) => opens),
    guards,
    objects: differences(base.generated, head.generated).map(({ before, after, ...difference }) => ({
      ...difference,
      source: sourceOf(difference.resource.metadata) ?? '',
      path: describe(difference.resource),
      before,
      after,
    })),
    unjudged: differences(base.foreign, head.foreign).map(({ change, resource }) => ({ change, resource })),
  };
}

function differences(base: readonly Resource[], head: readonly Resource[]) {
  const [before, after] = [byId(base), byId(head)];
  const ids = [...new Set([...before.keys(), ...after.keys()])].sort();
  return ids.flatMap(id => {
    const [old, now] = [before.get(id), after.get(id)];
    const resource = now ?? old;
    const texts = { before: old && textOf(old), after: now && textOf(now) };
    if (resource === undefined || texts.before === texts.after) return [];
    const change = old === undefined ? 'added' : now === undefined ? 'removed' : 'changed';
    return [{ change, resource, ...texts } as const];
  });
}

/** Objects by namespace, kind and name, so that what belongs together stands together. */
const byId = (resources: readonly Resource[]): ReadonlyMap<string, Resource> =>
  new Map(resources.map(resource => [`${resource.metadata.namespace ?? ''} ${idOf(resource)}`, resource]));

/** An object as text that does not tell who printed it: hosts that read and write it sort its keys. */
const textOf = (resource: Resource): string => print(byKey(resource));

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

/** Whether an object is one of Istio's that decide what leaves the mesh. */
export const isIstio = (resource: Resource): boolean =>
  ['networking.istio.io', 'security.istio.io'].includes(groupOf(resource));
