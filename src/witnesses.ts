import type { Source } from './diagnostics/report.ts';

/** Objects of the list that are not ours and that rules look at; read when a rule first asks for them, never changed. */
export interface Witnesses {
  /** Every object of an API group (empty: the core group) and kind, in input order. */
  of(group: string, kind: string): readonly Source[];
}

/** The objects of several lists as one. */
export const together = (lists: readonly Witnesses[]): Witnesses => ({
  of: (group, kind) => lists.flatMap(list => list.of(group, kind)),
});
