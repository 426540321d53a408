import { authorization } from './authorization.ts';
import { destinationRules } from './destination-rules.ts';
import { gatewayServers } from './gateway-servers.ts';
import { hop } from './hop.ts';
import { names } from './names.ts';
import { networkPolicies } from './network-policies.ts';
import type { Invariant } from './output.ts';
import { routeTables } from './route-tables.ts';
import { serviceEntries } from './service-entries.ts';
import { visibility } from './visibility.ts';

/** Everything that must hold for whatever wayout renders. */
export const invariants: readonly Invariant[] = [
  ...names,
  ...serviceEntries,
  ...visibility,
  ...gatewayServers,
  ...hop,
  ...destinationRules,
  ...authorization,
  ...networkPolicies,
  ...routeTables,
];
