import { kinds as read } from '../on-demand.ts';
import { externalEndpoint } from './external-endpoint.ts';
import { externalService } from './external-service.ts';
import type { Contribution, Kind } from './kind.ts';
import type { kindsOnDemand } from './on-demand.ts';
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
  onDemand('networking.gloo.solo.io/v2', 'RouteTable'),
  onDemand('security.policy.gloo.solo.io/v2', 'AccessPolicy'),
  onDemand('security.policy.gloo.solo.io/v2', 'ClientTLSPolicy'),
  onDemand('resilience.policy.gloo.solo.io/v2', 'ConnectionPolicy'),
  onDemand('resilience.policy.gloo.solo.io/v2', 'OutlierDetectionPolicy'),
  onDemand('trafficcontrol.policy.gloo.solo.io/v2', 'LoadBalancerPolicy'),
  onDemand('resilience.policy.gloo.solo.io/v2', 'FailoverPolicy'),
  onDemand('resilience.policy.gloo.solo.io/v2', 'RetryTimeoutPolicy'),
  onDemand('resilience.policy.gloo.solo.io/v2', 'FaultInjectionPolicy'),
  onDemand('trafficcontrol.policy.gloo.solo.io/v2', 'HeaderManipulationPolicy'),
  onDemand('security.policy.gloo.solo.io/v2', 'CORSPolicy'),
  onDemand('trafficcontrol.policy.gloo.solo.io/v2', 'MirrorPolicy'),
];

function onDemand(apiVersion: string, kind: keyof typeof kindsOnDemand): Kind {
  const known = (): Contribution => read().kindsOnDemand[kind];
  return {
    apiVersion,
    kind,
    contribute: (source, draft) => known().contribute(source, draft),
    finish(draft, sources) {
      if (sources.length > 0) known().finish?.(draft, sources);
    },
  };
}
