import { type OtherKind, pods } from './other-kind.ts';

/** What changes calls, or how they are made: without it they still get where they should. */
export const kindsThatChange: readonly OtherKind[] = [
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
    kinds: ['networking/ProgressiveDelivery'],
    effect: 'changes',
    does: 'changes the weights of routes step by step',
    whyNot: 'a rendered VirtualService has the weights of its table',
    instead: 'let Argo Rollouts or Flagger act on the VirtualService that wayout makes',
  },
];
