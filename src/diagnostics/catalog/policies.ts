import { error, warning } from './entry.ts';

/** WO24xx: traffic policies on external services. */
export const policies = {
  WO2401: warning(
    'An unknown field in a traffic policy',
    ({ field, meant }: { field: string; meant?: string | undefined }) => ({
      message: `unknown field "${field}": the policy is rendered without it`,
      hint: meant === undefined ? 'remove it, or check its spelling and indentation' : `did you mean "${meant}"?`,
    }),
  ),
  WO2402: warning(
    'Two policies of one kind on one port',
    ({ kind, port, service }: { kind: string; port: string; service: string }) => ({
      message: `port "${port}" of ExternalService ${service} already has a ${kind}: this one is left out there`,
      hint: 'the first in the list holds; let each select its own ports',
    }),
  ),
  WO2403: error(
    'A policy for requests that nobody reads',
    ({ fields, service, port, protocol }: { fields: string; service: string; port: string; protocol: string }) => ({
      message: `${fields} cannot act on port "${port}" (${protocol}) of ExternalService ${service}: no proxy sees requests there`,
      hint: 'select only ports of protocol HTTP, HTTP2 or GRPC by their port, or let a gateway open the TLS (protocol HTTPS with clientsideTls)',
    }),
  ),
  WO2404: warning('A traffic policy that names nothing', ({ kind }: { kind: string }) => ({
    message: `the ${kind} does not name what it applies to: external services are rendered without it`,
    hint: 'write applyToDestinations, or applyToRoutes with withDestinations, with kind: EXTERNAL_SERVICE for external services',
  })),
  WO2405: warning('A traffic policy that says nothing', () => ({
    message: 'the policy selects external services and asks for nothing',
    hint: 'write what it is to do, or remove it',
  })),
  WO2406: error('A policy that says two things at once', ({ problem }: { problem: string }) => ({
    message: `${problem}: only one can hold`,
    hint: 'keep one of them',
  })),
  WO2407: warning('A field that Istio has no place for', ({ field, why }: { field: string; why: string }) => ({
    message: `${field} ${why}: the policy is rendered without it`,
    hint: 'remove it, or write it as an object of your own beside the output',
  })),
  WO2408: error('Calls that would go wherever the client says', () => ({
    message: 'PASSTHROUGH sends a call to the address that the client dialled, whatever the service declares',
    hint: 'use LEAST_REQUEST, ROUND_ROBIN or RANDOM',
  })),
  WO2409: warning('A policy without effect', ({ what, why }: { what: string; why: string }) => ({
    message: `the policy does nothing for ${what}: ${why}`,
    hint: 'select other services, or remove it',
  })),
  WO2410: error('A failover that Istio cannot follow', ({ problem }: { problem: string }) => ({
    message: `${problem}: Istio fails over from a region to one other region, or shares calls by weights that make 100`,
    hint: 'name one other region for each region, or give every entry of to a weight, or use priorityLabels',
  })),
  WO2411: error('TLS asked for twice', ({ port, service }: { port: string; service: string }) => ({
    message: `port "${port}" of ExternalService ${service} has clientsideTls of its own, and the policy speaks of the same TLS`,
    hint: 'remove one of them, or select other ports by applyToDestinations.port',
  })),
  WO2412: error('TLS that decides which port clients call', ({ port, service }: { port: string; service: string }) => ({
    message: `port "${port}" of ExternalService ${service} takes the application's own TLS through a gateway: a policy would wrap it once more`,
    hint: 'write clientsideTls on the port instead: then clients call it by plain HTTP, and the gateway opens the TLS',
  })),
  WO2413: error('A TLS policy that says nothing', () => ({
    message: 'the policy says neither disable, simple, mutual nor istioMutual',
    hint: 'write one of them, such as simple: {}',
  })),
  WO2414: error('A header that cannot be changed so', ({ what, why }: { what: string; why: string }) => ({
    message: `${what} ${why}`,
    hint: 'use letters, digits and dashes; the host is changed by hostRewrite in a RouteTable, and a % of its own is written %%',
  })),
  WO2415: error('An origin that matches nothing', () => ({
    message: 'the entry says neither exact, prefix, suffix nor regex',
    hint: 'write one of them, such as exact: https://shop.example',
  })),
  WO2416: error('A mirror that leads nowhere', ({ problem }: { problem: string }) => ({
    message: `${problem}: no copies can be sent there`,
    hint: 'mirror to a Service of the mesh, or to an external service that is seen by whoever sends the copies',
  })),
  WO2417: warning(
    'A policy of another workspace',
    ({ service, workspace }: { service: string; workspace: string }) => ({
      message: `ExternalService ${service} belongs to workspace ${workspace}: the policy would act on the calls of all its clients, and is left out there`,
      hint: `write the policy in a namespace of workspace ${workspace}, or let it select the services of its own`,
    }),
  ),
  WO2418: warning(
    'An outlier detection that leaves nothing out',
    ({ percent, count, service }: { percent: number; count: number; service: string }) => ({
      message: `${percent}% of the ${count} endpoints of ExternalService ${service} are less than one: an endpoint that fails keeps getting calls`,
      hint: `set maxEjectionPercent to ${Math.ceil(100 / count)} or more; 0 means 10`,
    }),
  ),
};
