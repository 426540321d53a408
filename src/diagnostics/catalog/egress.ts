import { error, info, warning } from './entry.ts';

/** WO30xx: what external services may not do to each other, and what may surprise. */
export const egress = {
  WO3001: error('One address in two services', ({ address, clients }: { address: string; clients: string }) => ({
    message: `address ${address} is claimed by two external services, both seen by ${clients}`,
    hint: 'remove it from one of them; overlap: skip in EgressConfig leaves the later one out',
  })),
  WO3002: error('One host in two services', ({ host, clients }: { host: string; clients: string }) => ({
    message: `host ${host} is claimed by two external services, both seen by ${clients}: Istio keeps one and drops the other`,
    hint: 'put the ports into one ExternalService; overlap: skip in EgressConfig leaves the later one out',
  })),
  WO3003: warning(
    'One service inside another',
    ({ inner, outer, winner }: { inner: string; outer: string; winner: string }) => ({
      message: `${outer} takes in ${inner}: ${winner}`,
    }),
  ),
  WO3004: warning('A host that is a Kubernetes Service', ({ host, who }: { host: string; who: string }) => ({
    message: `host ${host} is also a Kubernetes Service of the list: ${who}`,
    hint: 'give the external service another host',
  })),
  WO3005: warning('TCP without an address', ({ host, port }: { host: string; port: number }) => ({
    message: `${host} has no address: it takes all TCP on port ${port}, whatever its destination`,
    hint: `write in EgressConfig: virtualAddresses: {"${host}": 240.240.1.10} (any address that nothing uses), or dnsCapture: true where the proxies answer DNS`,
  })),
  WO3006: error(
    'TCP that cannot be told apart',
    ({ host, port, why }: { host: string; port: number; why: string }) => ({
      message: `${host} has no address, and on port ${port} it cannot be told apart: ${why}`,
      hint: `write in EgressConfig: virtualAddresses: {"${host}": 240.240.1.10} (any address that nothing uses), or dnsCapture: true where the proxies answer DNS`,
    }),
  ),
  WO3007: info('A name that public DNS cannot know', ({ host, record }: { host: string; record: string }) => ({
    message: `${host} must resolve inside the cluster: ${record}`,
  })),
  WO3008: warning('Endpoints partly without locality', ({ without }: { without: string }) => ({
    message: `${without} has no locality, and others of the service have one: it is used last`,
    hint: 'give every endpoint of the service a locality',
  })),
  WO3009: info('Failover between localities', ({ localities }: { localities: string }) => ({
    message: `endpoints in ${localities}: outlier detection is added, without which Istio never fails over`,
  })),
  WO3010: warning('A server that nobody verifies, as asked', ({ port }: { port: string }) => ({
    message: `insecureSkipVerify: the server behind port "${port}" is not verified; anybody in between can read and change the traffic`,
    hint: 'name its CA in caCertificates or credentialName instead',
  })),
  WO3011: warning('A server whose name nobody checks', ({ port, host }: { port: string; host: string }) => ({
    message: `nothing says which name the certificate behind ${host} (port "${port}") must bear: any certificate of the CA is accepted`,
    hint: 'write spec.subjectAltNames, or clientsideTls.sni',
  })),
  WO3012: warning('An SNI that the certificate will hardly bear', ({ host }: { host: string }) => ({
    message: `TLS is opened with the SNI ${host}, an internal name that the server's certificate will hardly bear`,
    hint: 'write clientsideTls.sni (and spec.subjectAltNames), usually the name of the endpoint',
  })),
  WO3013: warning('TLS inside TLS', ({ port }: { port: string }) => ({
    message: `port "${port}" is opened as TLS by the sidecar: it serves routes only, an application's own TLS would be wrapped twice`,
    hint: 'remove clientsideTls, or set protocol: HTTP for clients that speak plain HTTP',
  })),
  WO3014: warning('A wildcard opens addresses', ({ host }: { host: string }) => ({
    message: `${host} without endpoints sends a call to whatever address the client chose: who forges the Host header or the SNI reaches any address on these ports`,
    hint: 'name the hosts one by one, or select ExternalEndpoints',
  })),
  WO3015: error('A wildcard with TCP', ({ host, port }: { host: string; port: string }) => ({
    message: `${host} on port "${port}" would open any address to TCP`,
    hint: 'name the hosts one by one, or write addresses',
  })),
  WO3016: warning(
    'A range carries only TCP',
    ({ address, port, protocol }: { address: string; port: string; protocol: string }) => ({
      message: `${address} is a range: port "${port}" is rendered as TCP, not as ${protocol}`,
      hint: 'write single addresses where requests must be understood',
    }),
  ),
  WO3017: warning(
    'Gateway cannot identify clients',
    ({ host, gateway, isGuarded }: { host: string; gateway: string; isGuarded: boolean }) => ({
      message: isGuarded
        ? `${host} uses a PASSTHROUGH listener of gateway ${gateway}: every pod that its NetworkPolicies allow can call the host with its SNI`
        : `${host} uses a PASSTHROUGH listener of gateway ${gateway}: any pod can call the host with its SNI, because exportTo and REGISTRY_ONLY do not apply there`,
      hint: 'use a listener with tls.mode ISTIO_MUTUAL',
    }),
  ),
  WO3018: warning('Clients can go past the gateway', ({ services, why }: { services: string; why: string }) => ({
    message: `${services}: clients can go past the egress gateway: ${why}`,
    hint: 'write in EgressConfig guard: {}: NetworkPolicies then let the client namespaces out to DNS, istiod and the gateway alone (docs/egress-control.md)',
  })),
  WO3019: error(
    'Policies on ports that cannot be told apart',
    ({ service, gateway, port }: { service: string; gateway: string; port: number }) => ({
      message: `ExternalService ${service} has several listeners at gateway ${gateway} that admit not the same clients, and the pods' port behind listener ${port} is not known by number`,
      hint: `write under spec.gateways of EgressConfig: {namespace: ${gateway.split('/')[0]}, name: ${gateway.split('/')[1]}, ports: [{number: ${port}, targetPort: …}]}`,
    }),
  ),
  WO3020: warning('Two gateways on the same pods', ({ gateway, other }: { gateway: string; other: string }) => ({
    message: `the pods of gateways ${other} and ${gateway} bear the same labels: each serves what is meant for both, and Istio drops one of two equal servers (IST0145)`,
    hint: 'give the pods of each gateway a label of their own, and name it in spec.workloads of its VirtualGateway',
  })),
  WO3021: error('A wildcard that opens what others close', ({ host, gateway }: { host: string; gateway: string }) => ({
    message: `${host} passes gateway ${gateway} by a PASSTHROUGH listener: its rule has no clients, and would admit everybody to every host below it on the mutual listener too`,
    hint: 'name the hosts one by one, or expose the wildcard by a listener with tls.mode ISTIO_MUTUAL',
  })),
  WO3022: info(
    'Seen by its own namespace alone',
    ({ services, first }: { services: readonly string[]; first: string }) => ({
      message: `${services.join(', ')}: ${services.length === 1 ? 'only its own namespace may call it' : 'only the own namespace of each may call it'}`,
      hint: `to let others call, write in EgressConfig: visibility: {${first}: [other-namespace]}`,
    }),
  ),
  WO3023: warning(
    'Direct ports seen beside the gateway',
    ({ namespace, service, port }: { namespace: string; service: string; port: string }) => ({
      message: `ExternalService ${service} has ports through a gateway in namespace ${namespace}, which must see its hosts: pods there can call port "${port}" too`,
      hint: 'send every port of the service through the gateway, or keep all pods but the gateway out of its namespace',
    }),
  ),
  WO3024: error('The host of a gateway', ({ host, gateway }: { host: string; gateway: string }) => ({
    message: `host ${host} takes in the Service of gateway ${gateway}, and would hide the way to it from every other service`,
    hint: 'give the external service another host',
  })),
  WO3025: warning(
    'A virtual address that no name leads to',
    ({ host, address }: { host: string; address: string }) => ({
      message: `${host} has the virtual address ${address}, no endpoints, and proxies that do not answer DNS: only a call to ${address} itself takes this way, and a DNS record for it would send the proxies there too`,
      hint: 'set dnsCapture: true where the proxies answer DNS, or select ExternalEndpoints, or let the application call the address',
    }),
  ),
  WO3026: warning(
    'A server that may speak before the policy',
    ({ service, port }: { service: string; port: string }) => ({
      message: `the gateway asks who calls port "${port}" of ExternalService ${service} once the client has sent something: a server that speaks first is heard by clients that the policy refuses`,
      hint: 'nothing that they send gets out; where the greeting itself is a secret, hold their namespaces with a NetworkPolicy',
    }),
  ),
  WO3030: error(
    'A wildcard whose route takes the calls of another host',
    ({ inner, outer, service }: { inner: string; outer: string; service: string }) => ({
      message: `the route of ${outer} holds for ${inner} of ExternalService ${service} too, which has no route of its own: its calls would go where ${outer} leads`,
      hint: `name the hosts of the wildcard one by one, let both go through a gateway, or give ${inner} a route of its own, such as a RetryTimeoutPolicy`,
    }),
  ),
};
