import type { Source } from './diagnostics/report.ts';

/** Objects of the list that are not ours and that rules look at; read when a rule first asks for them, never changed. */
export interface Witnesses {
  /** Every object of an API group (empty: the core group) and kind, in input order. */
  of(group: string, kind: string): readonly Source[];
}

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
