import { groups } from '../groups.ts';

/** The kinds that wayout translates, configures itself with, or has words for, by their API group without the shared ending of Gloo's groups. */
const kindsByGroup: Readonly<Record<string, string>> = {
  'admin.gloo.solo.io': 'Workspace WorkspaceSettings ExtAuthServer RateLimitServerConfig RateLimitServerSettings',
  'apimanagement.gloo.solo.io': 'ApiDoc ApiSchemaDiscovery GraphQLResolverMap GraphQLSchema',
  'extensions.policy.gloo.solo.io': 'LuaPolicy WasmDeploymentPolicy',
  'networking.gloo.solo.io':
    'ExternalEndpoint ExternalService RouteTable VirtualDestination VirtualGateway ProgressiveDelivery',
  'observability.policy.gloo.solo.io': 'AccessLogPolicy',
  'resilience.policy.gloo.solo.io':
    'ActiveHealthCheckPolicy AdaptiveRequestConcurrencyPolicy ConnectionPolicy FailoverPolicy FaultInjectionPolicy GraphQLPersistedQueryCachePolicy ListenerConnectionPolicy OutlierDetectionPolicy RetryTimeoutPolicy TrimProxyConfigPolicy',
  'security.policy.gloo.solo.io':
    'AccessPolicy ClientTLSPolicy CORSPolicy CSRFPolicy DLPPolicy ExtAuthPolicy GraphQLAllowedQueryPolicy JWTPolicy WAFPolicy',
  'trafficcontrol.policy.gloo.solo.io':
    'HeaderManipulationPolicy HTTPBufferPolicy LoadBalancerPolicy MirrorPolicy ProxyProtocolPolicy RateLimitPolicy TransformationPolicy',
  'wayout.dev': 'EgressConfig',
};

/** The API group of each known kind. */
export const knownKinds: ReadonlyMap<string, string> = new Map(
  Object.entries(kindsByGroup).flatMap(([group, kinds]) => kinds.split(' ').map(kind => [kind, group] as const)),
);

/** What no reader may overlook in a text that it cannot read: the names of Gloo's and wayout's groups, and of the kinds that decide what is open. */
export const telltales: readonly string[] = [
  ...groups,
  'ExternalService',
  'ExternalEndpoint',
  'AccessPolicy',
  'EgressConfig',
];

/** The API groups of the known kinds. */
export const knownGroups: readonly string[] = Object.keys(kindsByGroup);

/** The apiVersion that wayout reads documents of a group in. */
export const versionOf = (group: string): string => (group === 'wayout.dev' ? 'wayout.dev/v1alpha1' : `${group}/v2`);
