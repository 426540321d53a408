import { chapters as onDemand } from '../on-demand.ts';
import { egress } from './catalog/egress.ts';
import type { chapters } from './chapters.ts';

export type { Severity } from './catalog/entry.ts';

type Together<Chapters> = Chapters extends readonly [infer First, ...infer Rest] ? First & Together<Rest> : unknown;
type Catalog = typeof egress & Together<typeof chapters>;

export type Code = keyof Catalog;
export type Args<C extends Code> = Parameters<Catalog[C]['words']>[0];

/** The codes by what they speak of: 1xxx reading, 2xxx resolving, 3xxx egress rules, 4xxx emitting, 5xxx live. A retired code stays as a comment and is never used again. */
export const codes = (): readonly Code[] =>
  [egress, ...onDemand().chapters].flatMap(chapter => Object.keys(chapter) as Code[]).toSorted();

/** What is said of a code. What rules say of a plan is at hand, since it is said of lists that render too; the rest is read once it is needed. */
export function entryOf<C extends Code>(code: C): Catalog[C] {
  const chapter = code in egress ? egress : onDemand().chapters.find(each => code in each);
  // The type of a code says that one of them has it.
  return (chapter as unknown as Catalog)[code];
}
