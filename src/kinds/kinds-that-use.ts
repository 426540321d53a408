import type { OtherKind } from './other-kind.ts';
import { sidecarFor } from './trim-proxy-config-policy.ts';
import { externalServiceFor } from './virtual-destination.ts';

/** What names an external service for a use of its own. */
export const kindsThatUse: readonly OtherKind[] = [
  {
    kinds: ['security.policy/JWTPolicy'],
    effect: 'uses',
    does: "fetches an issuer's keys from",
    whyNot: 'wayout does not translate tokens',
    instead: 'write a RequestAuthentication with jwksUri: istiod fetches the keys itself, and needs its own way out',
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
];
