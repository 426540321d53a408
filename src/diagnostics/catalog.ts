import { access } from './catalog/access.ts';
import { egress } from './catalog/egress.ts';
import { emitting } from './catalog/emitting.ts';
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

/** Every code, in order: 1xxx reading, 2xxx resolving, 3xxx egress rules, 4xxx emitting, 5xxx live. A retired code stays as a comment and is never used again. */
export const catalog = {
  ...reading,
  ...files,
  ...inputs,
  ...gloo,
  ...generate,
  ...review,
  ...resolving,
  ...gateways,
  ...access,
  ...workspaces,
  ...policies,
  ...routeClaims,
  ...routes,
  ...routeLimits,
  ...routeNames,
  ...guards,
  ...egress,
  ...witnesses,
  ...routePaths,
  ...holes,
  ...emitting,
  ...live,
};

export type Code = keyof typeof catalog;
export type Args<C extends Code> = Parameters<(typeof catalog)[C]['words']>[0];
