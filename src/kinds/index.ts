import { accessPolicy } from './access-policy.ts';
import { clientTlsPolicy } from './client-tls-policy.ts';
import { connectionPolicy } from './connection-policy.ts';
import { corsPolicy } from './cors-policy.ts';
import { externalEndpoint } from './external-endpoint.ts';
import { externalService } from './external-service.ts';
import { failoverPolicy } from './failover-policy.ts';
import { faultInjectionPolicy } from './fault-injection-policy.ts';
import { headerManipulationPolicy } from './header-manipulation-policy.ts';
import type { Kind } from './kind.ts';
import { loadBalancerPolicy } from './load-balancer-policy.ts';
import { mirrorPolicy } from './mirror-policy.ts';
import { outlierDetectionPolicy } from './outlier-detection-policy.ts';
import { retryTimeoutPolicy } from './retry-timeout-policy.ts';
import { routeTable } from './route-table.ts';
import { virtualGateway } from './virtual-gateway.ts';
import { workspace } from './workspace.ts';
import { workspaceSettings } from './workspace-settings.ts';

/** Every input kind, in planning order: a kind may use what the ones above it have added. */
export const kinds: readonly Kind[] = [
  workspace,
  workspaceSettings,
  externalEndpoint,
  virtualGateway,
  externalService,
  routeTable,
  accessPolicy,
  clientTlsPolicy,
  connectionPolicy,
  outlierDetectionPolicy,
  loadBalancerPolicy,
  failoverPolicy,
  retryTimeoutPolicy,
  faultInjectionPolicy,
  headerManipulationPolicy,
  corsPolicy,
  mirrorPolicy,
];
