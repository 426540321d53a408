import type { Source } from './diagnostics/report.ts';
import { indexed } from './grouped.ts';
import { idOf } from './k8s/resource.ts';
import { isGenerated, sourceOf } from './read.ts';

/** Objects of the list that are not ours and that rules look at; read when a rule first asks for them, never changed. */
export interface Witnesses {
  /** Every object of an API group (empty: the core group) and kind, in input order. */
  of(group: string, kind: string): readonly Source[];
}

const byName = indexed(({ resource: { metadata } }: Source) => [`${metadata.namespace ?? 'default'}/${metadata.name}`]);

/** The first object of a group and kind with a name; one without a namespace stands in Kubernetes' default. */
export const named = (
  witnesses: Witnesses,
  group: string,
  kind: string,
  { namespace, name }: { readonly namespace: string; readonly name: string },
): Source | undefined => byName(witnesses.of(group, kind)).get(`${namespace}/${name}`)?.[0];

/** The objects of several lists as one. */
export function together(lists: readonly Witnesses[]): Witnesses {
  // Rules ask for one kind again and again.
  const known = new Map<string, readonly Source[]>();
  return {
    of(group, kind) {
      const key = `${group}/${kind}`;
      const found = known.get(key) ?? lists.flatMap(list => list.of(group, kind));
      known.set(key, found);
      return found;
    },
  };
}

/** The objects of a list, and beside them those of a cluster: one that is in both is the list's, and one that wayout made from the list's inputs is none. */
export const beside = (list: Witnesses, cluster: Witnesses, inputs: ReadonlySet<string>): Witnesses => ({
  of(group, kind) {
    const own = list.of(group, kind);
    const ids = new Set(own.map(({ resource }) => idOf(resource)));
    const others = cluster
      .of(group, kind)
      .filter(
        source =>
          !ids.has(idOf(source.resource)) &&
          !(isGenerated(source) && inputs.has(sourceOf(source.resource.metadata) ?? '')),
      );
    return [...own, ...others];
  },
});
