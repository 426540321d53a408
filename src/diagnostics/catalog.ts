import { access } from './catalog/access.ts';
import { egress } from './catalog/egress.ts';
import { emitting } from './catalog/emitting.ts';
import { expressions } from './catalog/expressions.ts';
import { files } from './catalog/files.ts';
import { gateways } from './catalog/gateways.ts';
import { generate } from './catalog/generate.ts';
import { gloo } from './catalog/gloo.ts';
import { guards } from './catalog/guards.ts';
import { holes } from './catalog/holes.ts';
import { inputs } from './catalog/inputs.ts';
import { live } from './catalog/live.ts';
import { policies } from './catalog/policies.ts';
import { reading } from './catalog/reading.ts';
import { resolving } from './catalog/resolving.ts';
import { review } from './catalog/review.ts';
import { routeClaims } from './catalog/route-claims.ts';
import { routeLimits } from './catalog/route-limits.ts';
import { routeNames } from './catalog/route-names.ts';
import { routePaths } from './catalog/route-paths.ts';
import { routes } from './catalog/routes.ts';
import { witnesses } from './catalog/witnesses.ts';
import { workspaces } from './catalog/workspaces.ts';

export type { Severity } from './catalog/entry.ts';

/** The codes by what they speak of: 1xxx reading, 2xxx resolving, 3xxx egress rules, 4xxx emitting, 5xxx live. A retired code stays as a comment and is never used again. */
const chapters = [
  reading,
  files,
  inputs,
  gloo,
  expressions,
  generate,
  review,
  resolving,
  gateways,
  access,
  workspaces,
  policies,
  routeClaims,
  routes,
  routeLimits,
  routeNames,
  guards,
  egress,
  witnesses,
  routePaths,
  holes,
  emitting,
  live,
] as const;

type Together<Chapters> = Chapters extends readonly [infer First, ...infer Rest] ? First & Together<Rest> : unknown;
type Catalog = Together<typeof chapters>;

export type Code = keyof Catalog;
export type Args<C extends Code> = Parameters<Catalog[C]['words']>[0];

/** Every code, in order. */
export const codes = (): readonly Code[] => chapters.flatMap(chapter => Object.keys(chapter) as Code[]);

/** What is said of a code. Looked for in each chapter, since most runs say little: one table of all would take longer to make. */
export function entryOf<C extends Code>(code: C): Catalog[C] {
  // The type of a code says that one of them has it.
  return (chapters.find(chapter => code in chapter) as unknown as Catalog)[code];
}
