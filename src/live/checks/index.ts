import type { Check } from './check.ts';
import { drift } from './drift.ts';
import { gatewayRuns } from './gateway-runs.ts';
import { meshAgrees } from './mesh-agrees.ts';
import { namespacesAreInjected } from './namespaces-are-injected.ts';
import { secretsAreThere } from './secrets-are-there.ts';

/** Every live check, in the order in which they ask. */
export const checks: readonly Check[] = [meshAgrees, gatewayRuns, secretsAreThere, namespacesAreInjected, drift];
