import { error, info, warning } from './entry.ts';

/** WO32xx: what breaks the ways of route tables. */
export const routePaths = {
  WO3201: error(
    'A route to a port that cannot take it',
    ({
      kind,
      port,
      protocol,
      service,
    }: {
      kind: 'http' | 'tls' | 'tcp';
      port: string;
      protocol: string;
      service: string;
    }) => ({
      message: `${{ http: 'requests', tls: 'TLS of applications', tcp: 'TCP' }[kind]} cannot go to port "${port}" (${protocol}) of ExternalService ${service}`,
      hint: {
        http: 'write clientsideTls on a port of protocol HTTPS, so that the proxy opens the TLS; or lead to a port of protocol HTTP, HTTP2 or GRPC',
        tls: 'lead to a port of protocol TLS, or HTTPS without clientsideTls; or write the route under http',
        tcp: 'lead to a port of protocol TCP or MONGO; or write the route under http or tls',
      }[kind],
    }),
  ),
  WO3202: info('A name of a table that public DNS cannot know', ({ host }: { host: string }) => ({
    message: `${host} must resolve inside the cluster: the cluster's DNS needs a record such as "${host}. IN A 240.240.0.1" (any address: the proxies go by the name)`,
  })),
  WO3203: warning('A gateway that does not serve the host', ({ host, gateway }: { host: string; gateway: string }) => ({
    message: `Gateway ${gateway} has no server for ${host} that lets tables of this namespace bind: nobody gets there`,
    hint: 'add the host to the hosts of one of its servers',
  })),
  WO3204: error('A host that no sidecar listens for', ({ host }: { host: string }) => ({
    message: `${host} is neither a Service nor a host of an external service: sidecars have no listener whose TLS or TCP the table could route`,
    hint: 'let the table\u2019s host be one of an ExternalService with such a port',
  })),
  WO3205: warning(
    'A policy that a route with several destinations does not follow',
    ({ service, port }: { service: string; port: string }) => ({
      message: `policies on port "${port}" of ExternalService ${service} speak of whole routes, and this one leads elsewhere too: they do not act on it`,
      hint: 'give the route labels, and select them by applyToRoutes[].route.labels',
    }),
  ),
  WO3206: warning('Retries at both hops', ({ service }: { service: string }) => ({
    message: `the route is tried again by the policy, and the egress gateway of ExternalService ${service} tries again by itself: the attempts multiply`,
    hint: 'let the policy select the external service by applyToRoutes[].withDestinations: it then acts at the gateway alone',
  })),
  WO3207: warning('A gateway whom no policy admits', ({ gateway, service }: { gateway: string; service: string }) => ({
    message: `calls come in at Gateway ${gateway}, and the access policies of ExternalService ${service} admit nobody from its namespace: 403`,
    hint: 'add the gateway\u2019s service account to allowedClients',
  })),
  WO3208: error('A route to a service that was left out', ({ service }: { service: string }) => ({
    message: `ExternalService ${service} is left out (overlap: skip), since another has its host or address: the route would lead to that one`,
    hint: 'lead to the service that is kept',
  })),
};
