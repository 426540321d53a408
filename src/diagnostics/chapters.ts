import { access } from './catalog/access.ts';
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

/** What most renders have no reason to say, by what it speaks of. */
export const chapters = [
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
  witnesses,
  routePaths,
  holes,
  emitting,
  live,
] as const;
