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
};

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
};
