import { accessPolicy } from './access-policy.ts';
import { clientTlsPolicy } from './client-tls-policy.ts';
import { connectionPolicy } from './connection-policy.ts';
import { corsPolicy } from './cors-policy.ts';
import { failoverPolicy } from './failover-policy.ts';
import { faultInjectionPolicy } from './fault-injection-policy.ts';
import { headerManipulationPolicy } from './header-manipulation-policy.ts';
import type { Contribution } from './kind.ts';
import { loadBalancerPolicy } from './load-balancer-policy.ts';
import { mirrorPolicy } from './mirror-policy.ts';
import { outlierDetectionPolicy } from './outlier-detection-policy.ts';
import { retryTimeoutPolicy } from './retry-timeout-policy.ts';
import { routeTable } from './route-table.ts';

/** Kinds that most lists have nothing of: they are read from the disk with the first document of one. */
export const kindsOnDemand = {
  RouteTable: routeTable,
  AccessPolicy: accessPolicy,
  ClientTLSPolicy: clientTlsPolicy,
  ConnectionPolicy: connectionPolicy,
  OutlierDetectionPolicy: outlierDetectionPolicy,
  LoadBalancerPolicy: loadBalancerPolicy,
  FailoverPolicy: failoverPolicy,
  RetryTimeoutPolicy: retryTimeoutPolicy,
  FaultInjectionPolicy: faultInjectionPolicy,
  HeaderManipulationPolicy: headerManipulationPolicy,
  CORSPolicy: corsPolicy,
  MirrorPolicy: mirrorPolicy,
} satisfies Readonly<Record<string, Contribution>>;

export { reportMisspelled } from './misspelled.ts';
export { reportUntranslated } from './untranslated.ts';
