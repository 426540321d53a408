import { Report } from '../diagnostics/report.ts';
import type { Generated } from '../emit.ts';
import type { Resource } from '../k8s/resource.ts';
import { holds, type Slice } from '../yaml/slice.ts';
import { parse } from '../yaml/source.ts';

/** The file that a host read an object from, and which of its objects it is. */
export interface Place {
  readonly path: string;
  readonly index?: number;
}

const prefixes = ['internal.config.kubernetes.io', 'config.kubernetes.io'] as const;

/** Where a host says that an item of a ResourceList stands in the user's files; undefined where it does not say. */
export function placeOf(slice: Slice): Place | undefined {
  return prefixes.some(prefix => holds(slice, `${prefix}/path`)) ? placeIn(parse(slice, new Report())) : undefined;
}

function placeIn(value: unknown): Place | undefined {
  // Anything may stand in an object that is not ours: only strings are taken.
  const annotations = (value as Partial<Resource> | null | undefined)?.metadata?.annotations as
    | Record<string, unknown>
    | undefined;
  const own = (name: string): unknown =>
    prefixes.map(prefix => annotations?.[`${prefix}/${name}`]).find(text => typeof text === 'string');
  const path = own('path');
  const index = own('index');
  if (typeof path !== 'string') return undefined;
  return { path, ...(typeof index === 'string' && /^\d+$/.test(index) && { index: Number(index) }) };
}

/**
 * Gives each generated object a file beside its source's: `a/b.yaml` leads to `a/b.istio.yaml`, at the next free index.
 *
 * One that has a place already, or whose source has none, stays as it is.
 */
export function withPlaces(items: readonly (Slice | Generated)[]): readonly (Slice | Generated)[] {
  const fresh = items.map(item =>
    'resource' in item && placeIn(item.resource) === undefined ? besideSource(item) : undefined,
  );
  const paths = [...new Set(fresh.filter(path => path !== undefined))];
  if (paths.length === 0) return items;
  const taken = new Set(items.flatMap(takenBy));
  const next = new Map<string, number>();
  return items.map((item, at) => {
    const path = fresh[at];
    if (path === undefined || !('resource' in item)) return item;
    let index = next.get(path) ?? 0;
    while (taken.has(`${path} ${index}`)) index += 1;
    next.set(path, index + 1);
    return { ...item, resource: placed(item.resource, path, index) };
  });
}

/** What the files of generated objects end in. */
const ending = '.istio.yaml';

function besideSource({ from }: Generated): string | undefined {
  return placeIn(from.resource)?.path.replace(/(?:\.ya?ml|\.json)?$/, ending);
}

/** The place of an item in one of the files; most items name none of them and are not parsed. */
function takenBy(item: Slice | Generated): readonly string[] {
  if (!('resource' in item) && !holds(item, ending)) return [];
  if ('run' in item && item.run !== undefined) return item.run.open().flatMap(takenBy);
  const place = 'resource' in item ? placeIn(item.resource) : placeOf(item);
  return place === undefined ? [] : [`${place.path} ${place.index ?? 0}`];
}

const placed = (resource: Resource, path: string, index: number): Resource => ({
  ...resource,
  metadata: {
    ...resource.metadata,
    annotations: {
      ...resource.metadata.annotations,
      'internal.config.kubernetes.io/path': path,
      'internal.config.kubernetes.io/index': String(index),
    },
  },
});
