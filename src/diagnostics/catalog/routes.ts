import { error, info, warning } from './entry.ts';

/** WO25xx: route tables that lead to external services. */
export const routes = {
  WO2501: error('A route to an external service that is not there', ({ service }: { service: string }) => ({
    message: `ExternalService ${service} is not in the list`,
    hint: 'check ref.name and ref.namespace (the table\u2019s own if absent), or add the ExternalService to the list',
  })),
  WO2502: error(
    'A route to a port that is not there',
    ({ service, ports, wanted }: { service: string; ports: string; wanted: string | undefined }) => ({
      message:
        wanted === undefined
          ? `ExternalService ${service} has several ports (${ports}), and the destination names none`
          : `ExternalService ${service} has no port ${wanted}; it has ${ports}`,
      hint: 'write port.number or port.name as the ExternalService has it',
    }),
  ),
  WO2503: error('A route to a service of another workspace', ({ service }: { service: string }) => ({
    message: `the workspace of the table does not see ExternalService ${service}`,
    hint: 'export the service from its workspace and import it into the table\u2019s, with kind EXTERNAL_SERVICE or ALL',
  })),
  WO2504: error('A route that leads to no host', ({ service }: { service: string }) => ({
    message: `ExternalService ${service} has no host that this route could lead to: a range, or a wildcard without endpoints, goes where the caller says`,
    hint: 'lead to a service with a plain host or a single address; or select ExternalEndpoints, and let the table\u2019s host lie below the wildcard',
  })),
  WO2505: error('A destination that Istio cannot reach', ({ problem }: { problem: string }) => ({
    message: `${problem}: the route would lead nowhere`,
    hint: 'lead to a Service of the cluster or to an ExternalService',
  })),
  WO2506: error('Weights that do not make 100', ({ weights }: { weights: string }) => ({
    message: `the weights of the destinations are ${weights}: they must make 100, with 1 at least left for each without a weight`,
    hint: 'let them make 100; a destination that shall get nothing is left out',
  })),
  WO2507: error('A matcher that Istio cannot express', ({ problem }: { problem: string }) => ({
    message: `${problem}: the route would take other requests`,
    hint: 'split it into several matchers or routes',
  })),
  WO2508: error('A route without one action', ({ actions }: { actions: string }) => ({
    message:
      actions === ''
        ? 'the route says neither forwardTo, delegate, redirect nor directResponse'
        : `the route says ${actions}`,
    hint: 'write one of forwardTo, delegate, redirect and directResponse; graphql is served by Gloo alone',
  })),
  WO2509: error('An action that cannot be', ({ problem }: { problem: string }) => ({
    message: problem,
    hint: 'write one rewrite of the path and one of the host, each for what the matchers take',
  })),
  WO2510: warning('A field that Istio has no place for', ({ field, why }: { field: string; why: string }) => ({
    message: `${field} ${why}: the table is rendered without it`,
    hint: 'remove it',
  })),
  WO2511: error('Workloads by more than their labels', ({ fields }: { fields: string }) => ({
    message: `${fields}: workloads that follow a table are told apart by their labels alone`,
    hint: 'write selector.labels; the namespace is that of the table, or of the workspaces that import it',
  })),
  WO2512: error('A gateway that nobody made', ({ gateway }: { gateway: string }) => ({
    message: `no Istio Gateway ${gateway} is in the list, and wayout makes none for calls from outside`,
    hint: `add the Gateway to the list, or name it in EgressConfig: routeGateways: {${gateway}: namespace/name}; to send an external service through an egress gateway, write egressGatewayRoutes on its port instead of a RouteTable`,
  })),
  WO2513: error('A route without destinations', () => ({
    message: 'the route forwards to no destination, and the table has no defaultDestination',
    hint: 'write forwardTo.destinations',
  })),
  WO2514: error('A TLS route without a name', () => ({
    message:
      'the route has a matcher without sniHosts, or none at all: TLS is told apart by the name that is asked for',
    hint: 'write matchers with sniHosts, hosts of the table',
  })),
  WO2515: info('TCP to an external service', () => ({
    message: 'the route sends TCP to an external service, which Gloo Mesh itself does not do',
  })),
  WO2516: error('Not a host of a table', ({ host, mesh }: { host: string; mesh: boolean }) => ({
    message:
      host === '*' && mesh
        ? 'the host * would take the calls of every sidecar to anything'
        : `"${host}" is no host name`,
    hint: 'write a DNS name such as shop.example.com, or a wildcard such as *.example.com; * is for gateways alone',
  })),
  WO2517: error('A table for a service of others', ({ host, service }: { host: string; service: string }) => ({
    message: `${host} is a host of ExternalService ${service}, which belongs to others: a host has one route, and the table would act on the calls of all its clients`,
    hint: 'write the table in the workspace (without workspaces, in the namespace) of the service, or give it a host of its own',
  })),
  WO2518: error(
    'A table whose clients do not see where it leads',
    ({ service, namespaces }: { service: string; namespaces: string }) => ({
      message: `sidecars in ${namespaces} follow the table, and do not see ExternalService ${service}: their calls would end in 503`,
      hint: `write in EgressConfig: visibility: {${service}: [${namespaces}]}; or export the service to their workspace`,
    }),
  ),
  WO2519: error('A table for waypoints', () => ({
    message: 'applyToDestinations puts the routes at the waypoints of destinations, which wayout does not render',
    hint: 'remove it: sidecars of the workspace then follow the table; or write it as an HTTPRoute of your own',
  })),
  WO2520: warning('A table that nobody delegates to', ({ table }: { table: string }) => ({
    message: `RouteTable ${table} leads to an external service, has no hosts, and no table of the list delegates to it: it passes as it came`,
    hint: 'render it together with the table that delegates to it, or give it hosts',
  })),
  WO2521: error('Tables that delegate in a circle', ({ table }: { table: string }) => ({
    message: `the route delegates to RouteTable ${table}, which led to it`,
    hint: 'let the selector choose other tables',
  })),
  WO2522: error('Matchers that no request fits', ({ unwritable }: { unwritable: boolean }) => ({
    message: unwritable
      ? 'the matchers of this route and of the one that delegates to it cannot be asked at once: Istio takes one path and one value for each header'
      : 'no request fits both the matchers of this route and of the one that delegates to it',
    hint: 'let each path begin with the prefix of the route that delegates',
  })),
  WO2523: error('Workloads that no pod can be', () => ({
    message: 'the workloadSelectors of this table and of the one that delegates to it exclude each other',
    hint: 'remove those of the delegate, or let them add labels',
  })),
  WO2524: error(
    'A name that the egress gateway does not know',
    ({ service, host, asked }: { service: string; host: string; asked: string }) => ({
      message: `hostRewrite gives the request the host ${asked}, and the egress gateway of ExternalService ${service} knows it by ${host} alone`,
      hint: `write hostRewrite: ${host}, or add ${asked} to the hosts of the ExternalService`,
    }),
  ),
  WO2525: info(
    'A name that changes on the way',
    ({ service, host, asked }: { service: string; host: string; asked: string }) => ({
      message: `requests for ${asked} ask for ${host} from here on: the egress gateway of ExternalService ${service} knows it by that name`,
    }),
  ),
  WO2526: error('Two tables for one host', ({ host, table }: { host: string; table: string }) => ({
    message: `RouteTable ${table} already routes ${host} for the same sidecars: Istio keeps one table and ignores the other`,
    hint: 'put the routes into one table, or let a table with the host delegate to both',
  })),
  WO2527: warning(
    'Two tables for one host of a gateway',
    ({ host, table, gateway }: { host: string; table: string; gateway: string }) => ({
      message: `RouteTable ${table} already routes ${host} at gateway ${gateway}: Istio asks the older one first, and Git knows no age`,
      hint: 'let their matchers exclude each other, or let a table with the host delegate to both',
    }),
  ),
  WO2528: error(
    'A subset that the gateway cannot tell apart',
    ({ service, port }: { service: string; port: string }) => ({
      message: `port "${port}" of ExternalService ${service} goes through an egress gateway, where its endpoints would have to be told apart: there a call bears no trace of the table, and calls of others come by too`,
      hint: 'give these endpoints an ExternalService of their own and lead to it; or let one table without workloadSelectors, for the hosts of the service alone, hold all routes that lead to this port, each to this port alone and without another host',
    }),
  ),
  WO2529: error('A subset without endpoints', ({ labels, service }: { labels: string; service: string }) => ({
    message: `no endpoint of ExternalService ${service} bears the labels ${labels}`,
    hint: 'check their spelling, or give them to the ExternalEndpoints that are meant',
  })),
  WO2530: error(
    'A subset of a Service that nobody declares',
    ({ labels, host, name }: { labels: Readonly<Record<string, string>>; host: string; name: string }) => ({
      message: `no DestinationRule of the list has a subset of ${host} with just these labels, and wayout makes none for hosts of others`,
      hint: `add to the DestinationRule of ${host}: subsets: [${JSON.stringify({ name, labels }).replaceAll('"', '').replaceAll(':', ': ').replaceAll(',', ', ')}]`,
    }),
  ),
  WO2531: warning('Two policies of one kind on one route', ({ kind, table }: { kind: string; table: string }) => ({
    message: `a route of RouteTable ${table} already has a ${kind}: this one is left out there`,
    hint: 'the first in the list holds; let each select its own labels',
  })),
  WO2532: error('Connections in a table without hosts', () => ({
    message: 'a table that others delegate to hands on its HTTP routes alone: its tls and tcp routes would be lost',
    hint: 'write them in a table with hosts',
  })),
  WO2533: error(
    'A table that does what egressGatewayRoutes says',
    ({ namespace, name, service, port }: { namespace: string; name: string; service: string; port: string }) => ({
      message: `the table leads from the egress gateway ${namespace}/${name} to ExternalService ${service}: the way there and all that guards it come from the service itself`,
      hint: `write on port "${port}" of ExternalService ${service}: egressGatewayRoutes: {virtualGatewayRefs: [{name: ${name}, namespace: ${namespace}}]}, and remove this table and the one that leads from the mesh to the gateway`,
    }),
  ),
};
