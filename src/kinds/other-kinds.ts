import type { Source } from '../diagnostics/report.ts';
import type { Draft, DraftService } from '../draft.ts';
import { sidecarFor } from './trim-proxy-config-policy.ts';
import { externalServiceFor } from './virtual-destination.ts';

/** What a kind of Gloo's does to external services that wayout does not translate, and what does it instead. */
export interface OtherKind {
  /** `security.policy/JWTPolicy`: without the end that all groups of Gloo's share. */
  readonly kinds: readonly string[];
  /** Without the first calls get through that it refuses, or leave unmasked what it masks; the last makes use of a service and is not lost. */
  readonly effect: 'refuses' | 'changes' | 'uses';
  /** What Gloo does with it; for one that uses a service, down to the service's name. */
  readonly does: string;
  /** Why neither Istio nor wayout does it. */
  readonly whyNot: string;
  /** What to write, in words, or told by what the document says. */
  readonly instead: string | ((source: Source, services: readonly DraftService[], draft: Draft) => string);
}

const pods = 'the pods of the gateway that its calls pass (an egress gateway, if there is none yet)';

/** Every kind of Gloo's that can touch an external service and is not translated; a kind that does both, act and use, has two rows. */
export const otherKinds: readonly OtherKind[] = [
  {
    kinds: ['security.policy/AccessPolicy'],
    effect: 'refuses',
    does: 'decides who may call the pods of applyToWorkloads, whatever it says of destinations',
    whyNot: 'wayout translates only what a policy says of external services',
    instead: 'select the external services in applyToDestinations, and write no applyToWorkloads beside them',
  },
  {
    kinds: ['security.policy/CSRFPolicy'],
    effect: 'refuses',
    does: 'refuses requests that another site has sent',
    whyNot: 'Istio has no check of origins',
    instead: `let the application check the Origin header, or put Envoy's csrf filter on ${pods} by an EnvoyFilter`,
  },
  {
    kinds: ['security.policy/DLPPolicy'],
    effect: 'refuses',
    does: 'masks secrets in responses and access logs',
    whyNot: "the filter is part of Gloo's own proxies alone",
    instead: 'mask them in the application, and keep headers out of the access log by a Telemetry',
  },
  {
    kinds: ['security.policy/ExtAuthPolicy'],
    effect: 'refuses',
    does: 'asks an authorization server about each request',
    whyNot: "Gloo's server and its settings are unknown to Istio",
    instead: `write an AuthorizationPolicy with action: CUSTOM for ${pods}`,
  },
  {
    kinds: ['security.policy/GraphQLAllowedQueryPolicy'],
    effect: 'refuses',
    does: 'refuses queries that are not listed',
    whyNot: 'Istio does not read GraphQL',
    instead: 'let the GraphQL server refuse them',
  },
  {
    kinds: ['security.policy/JWTPolicy'],
    effect: 'refuses',
    does: 'refuses requests without a valid token',
    whyNot: 'wayout does not translate tokens',
    instead: `write a RequestAuthentication, and an AuthorizationPolicy with action: DENY and notRequestPrincipals: ['*'], for ${pods}`,
  },
  {
    kinds: ['security.policy/JWTPolicy'],
    effect: 'uses',
    does: "fetches an issuer's keys from",
    whyNot: 'wayout does not translate tokens',
    instead: 'write a RequestAuthentication with jwksUri: istiod fetches the keys itself, and needs its own way out',
  },
  {
    kinds: ['security.policy/WAFPolicy'],
    effect: 'refuses',
    does: 'refuses requests that look like attacks',
    whyNot: "the filter is part of Gloo's own proxies alone",
    instead: `put a web application firewall on ${pods} by a WasmPlugin`,
  },
  {
    kinds: ['trafficcontrol.policy/RateLimitPolicy'],
    effect: 'refuses',
    does: 'refuses requests above a rate',
    whyNot: 'Istio has no kind for limits',
    instead: `put Envoy's local_ratelimit or ratelimit filter on ${pods} by an EnvoyFilter`,
  },
  {
    kinds: ['trafficcontrol.policy/TransformationPolicy'],
    effect: 'changes',
    does: 'rewrites requests and responses by templates',
    whyNot: "the filter is part of Gloo's own proxies alone",
    instead: 'for fixed headers write a HeaderManipulationPolicy, for anything else an EnvoyFilter or a WasmPlugin',
  },
  {
    kinds: ['trafficcontrol.policy/HTTPBufferPolicy'],
    effect: 'changes',
    does: 'holds requests until they are whole, and refuses those that are too long',
    whyNot: 'Istio has no kind for it',
    instead: `put Envoy's buffer filter on ${pods} by an EnvoyFilter`,
  },
  {
    kinds: ['trafficcontrol.policy/ProxyProtocolPolicy'],
    effect: 'changes',
    does: 'makes a listener expect the PROXY protocol',
    whyNot: 'sidecars do not speak it to an egress gateway',
    instead: 'let it select the listeners of ingress gateways alone',
  },
  {
    kinds: ['extensions.policy/LuaPolicy', 'extensions.policy/WasmDeploymentPolicy'],
    effect: 'refuses',
    does: 'runs code on each request, which may refuse it',
    whyNot: 'nothing here knows what the code does',
    instead: `run it on ${pods} by a WasmPlugin, or by an EnvoyFilter with Envoy's lua filter`,
  },
  {
    kinds: ['resilience.policy/ActiveHealthCheckPolicy'],
    effect: 'changes',
    does: 'calls endpoints again and again to see whether they live',
    whyNot: 'Istio watches only the calls that are made',
    instead: 'write an OutlierDetectionPolicy: what fails is left out for a while',
  },
  {
    kinds: ['resilience.policy/AdaptiveRequestConcurrencyPolicy'],
    effect: 'changes',
    does: 'lets through as many requests at a time as answers come in time',
    whyNot: 'Istio has no kind for it, and Gloo itself leaves external services out',
    instead: 'write a ConnectionPolicy with a fixed config.http.maxRequests',
  },
  {
    kinds: ['resilience.policy/GraphQLPersistedQueryCachePolicy'],
    effect: 'changes',
    does: 'keeps queries, so that clients may send their hashes',
    whyNot: 'Istio does not read GraphQL',
    instead: 'let the GraphQL server keep them',
  },
  {
    kinds: ['resilience.policy/ListenerConnectionPolicy'],
    effect: 'changes',
    does: "sets a listener's buffers and keepalives",
    whyNot: 'Istio has no kind for them',
    instead: "set per_connection_buffer_limit_bytes or socket options on the gateway's listener by an EnvoyFilter",
  },
  {
    kinds: ['observability.policy/AccessLogPolicy'],
    effect: 'changes',
    does: 'writes an access log',
    whyNot: 'wayout does not translate telemetry',
    instead: "write a Telemetry with accessLogging that selects the gateway's pods",
  },
  {
    kinds: ['admin/ExtAuthServer'],
    effect: 'uses',
    does: 'finds its authorization server at',
    whyNot: "it is a part of Gloo's own authorization, and Gloo itself takes no external service there",
    instead: 'name the host as an extension provider of the mesh: envoyExtAuthzHttp or envoyExtAuthzGrpc',
  },
  {
    kinds: ['admin/RateLimitServerConfig', 'admin/RateLimitServerSettings'],
    effect: 'uses',
    does: 'finds its rate limit server at',
    whyNot: "it is a part of Gloo's own rate limits",
    instead: "name the host in an EnvoyFilter with Envoy's ratelimit filter",
  },
  {
    kinds: ['apimanagement/ApiDoc', 'apimanagement/ApiSchemaDiscovery'],
    effect: 'uses',
    does: 'describes the API of',
    whyNot: "it is for Gloo's developer portal alone",
    instead: 'keep it where a portal reads it; calls need nothing of it',
  },
  {
    kinds: ['apimanagement/GraphQLResolverMap', 'apimanagement/GraphQLSchema'],
    effect: 'uses',
    does: 'answers GraphQL queries from',
    whyNot: "GraphQL is read by Gloo's own proxies alone",
    instead: 'put a GraphQL server into the mesh, and let it call the external service',
  },
  {
    kinds: ['networking/VirtualDestination'],
    effect: 'uses',
    does: 'gives hosts of its own to',
    whyNot: 'Istio has no host that stands for other hosts',
    instead: externalServiceFor,
  },
  {
    kinds: ['resilience.policy/TrimProxyConfigPolicy'],
    effect: 'uses',
    does: 'leaves some pods nothing but what it names, and names',
    whyNot: 'a Sidecar that forgets a host cuts its pods off from it',
    instead: sidecarFor,
  },
  {
    kinds: ['networking/ProgressiveDelivery'],
    effect: 'changes',
    does: 'changes the weights of routes step by step',
    whyNot: 'a rendered VirtualService has the weights of its table',
    instead: 'let Argo Rollouts or Flagger act on the VirtualService that wayout makes',
  },
];
