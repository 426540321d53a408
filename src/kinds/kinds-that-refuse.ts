import { type OtherKind, pods } from './other-kind.ts';

/** What may refuse or mask a call: without it calls get through, or leave as they are. */
export const kindsThatRefuse: readonly OtherKind[] = [
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
    kinds: ['extensions.policy/LuaPolicy', 'extensions.policy/WasmDeploymentPolicy'],
    effect: 'refuses',
    does: 'runs code on each request, which may refuse it',
    whyNot: 'nothing here knows what the code does',
    instead: `run it on ${pods} by a WasmPlugin, or by an EnvoyFilter with Envoy's lua filter`,
  },
];
