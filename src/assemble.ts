import type { Config } from './config.ts';
import type { Source } from './diagnostics/report.ts';
import type { Generated } from './emit.ts';
import { idOf, type Resource } from './k8s/resource.ts';
import { sourceOf } from './read.ts';
import type { Slice } from './yaml/slice.ts';

/** What becomes of the list: which objects leave it, which were made before, and which are made now. */
export interface Parts {
  readonly slices: readonly Slice[];
  readonly leaving: ReadonlySet<Slice>;
  /** Objects of an earlier render. */
  readonly before: readonly Source[];
  readonly now: readonly Generated[];
  /** The inputs of this list, as generated objects name them. */
  readonly inputs: ReadonlySet<string>;
  readonly config: Config;
}

/** The output: what passes in its place, what is made again in the place of its forerunner, and the rest behind. */
export function assemble({ slices, leaving, before, now, inputs, config }: Parts): readonly (Slice | Generated)[] {
  const fresh = new Map(now.map(generated => [idOf(generated.resource), generated]));
  const forerunners = new Map(before.map(source => [source.slice, source]));
  const placed = new Set<string>();
  const successor = (slice: Slice, { resource }: Source): Slice | Generated | undefined => {
    const id = idOf(resource);
    const again = fresh.get(id);
    if (again !== undefined && !placed.has(id)) {
      placed.add(id);
      return { ...again, resource: withInternals(again.resource, resource) };
    }
    const stale = inputs.has(sourceOf(resource.metadata) ?? '') || config.sources === 'keep' || again !== undefined;
    return stale ? undefined : slice;
  };
  const items: (Slice | Generated)[] = [];
  for (const slice of slices) {
    if (leaving.has(slice)) continue;
    const forerunner = forerunners.get(slice);
    const item = forerunner === undefined ? slice : successor(slice, forerunner);
    if (item !== undefined) items.push(item);
  }
  for (const generated of now) if (!placed.has(idOf(generated.resource))) items.push(generated);
  return items;
}

/** A host tells by its own annotations which object was which. */
function withInternals(resource: Resource, forerunner: Resource): Resource {
  const kept = Object.entries(forerunner.metadata.annotations ?? {}).filter(([key]) =>
    /^(internal\.)?config\.(kubernetes|k8s)\.io\/|^kustomize\.config\.k8s\.io\//.test(key),
  );
  const annotations = { ...resource.metadata.annotations, ...Object.fromEntries(kept) };
  return { ...resource, metadata: { ...resource.metadata, annotations } };
}
