import { error, warning } from './entry.ts';

/** WO20xx: what an external service and its endpoints say of themselves. */
export const resolving = {
  WO2001: error('Neither hosts nor addresses', () => ({
    message: 'the service has neither hosts nor addresses',
    hint: 'write spec.hosts, the names that clients call, or spec.addresses',
  })),
  WO2002: error('Both hosts and addresses', () => ({
    message: 'the service has hosts and addresses; only one of them is allowed',
    hint: 'split it into two ExternalServices; to give a host an address, use spec.virtualAddresses in EgressConfig',
  })),
  WO2003: error('Not a host', ({ host }: { host: string }) => ({
    message: `"${host}" is no host name`,
    hint: 'write a DNS name such as api.example.com, or a wildcard such as *.example.com',
  })),
  WO2004: error('An address among the hosts', ({ host }: { host: string }) => ({
    message: `"${host}" is an address, not a host`,
    hint: 'write it under spec.addresses',
  })),
  WO2005: error('Not an address', ({ address }: { address: string }) => ({
    message: `"${address}" is no IP address and no CIDR`,
    hint: 'write an address such as 203.0.113.10 or 2001:db8::1, or a range such as 203.0.113.0/24',
  })),
  WO2006: error('An address that means every address', ({ address }: { address: string }) => ({
    message: `"${address}" would open every address`,
    hint: 'name the addresses or the ranges that the service has',
  })),
  WO2007: error('Named twice in one service', ({ value }: { value: string }) => ({
    message: `"${value}" stands twice`,
    hint: 'remove one of them; upper case, a dot at the end, or another spelling of an address make no other name',
  })),
  WO2008: error('A host that wayout makes up itself', ({ host }: { host: string }) => ({
    message: `"${host}" is a name that wayout itself makes up, for addresses or for the hop of a wildcard`,
    hint: 'call the host something else: no .wayout.internal at its end, and no wayout-wildcard as its first part',
  })),
  WO2010: error('Not a protocol', ({ protocol }: { protocol: string }) => ({
    message: `"${protocol}" is no protocol of an ExternalService`,
    hint: 'write HTTP, HTTPS, HTTP2, GRPC, TLS, TCP or MONGO',
  })),
  WO2011: error('One port twice', ({ port }: { port: string }) => ({
    message: `${port} is taken by another port of this service`,
    hint: 'give each port of the service its own number, and each port behind a gateway its own egressGatewayRoutes.portMatch',
  })),
  WO2012: error('One port name twice', ({ name }: { name: string }) => ({
    message: `two ports are called "${name}"`,
    hint: 'give each port its own name',
  })),
  WO2013: error('Not a port name', ({ name }: { name: string }) => ({
    message: `"${name}" cannot name a port`,
    hint: 'use lower-case letters, digits and dashes, 63 at most',
  })),
  WO2014: error('A port name with no endpoint to bear it', ({ name }: { name: string }) => ({
    message: `targetPort.name "${name}" names a port of an endpoint, but the service selects no endpoints`,
    hint: 'write targetPort.number, or a selector that chooses ExternalEndpoints',
  })),
  WO2020: error('A selector that selects nothing', ({ selector, what }: { selector: string; what: string }) => ({
    message: `the selector ${selector} selects no ${what}`,
    hint: 'check its spelling, or add what it means to the list; it chooses in the namespace of its own document, or in the one that it gives',
  })),
  WO2021: warning(
    'Matches in another namespace are not used',
    ({ selector, found }: { selector: string; found: string }) => ({
      message: `the selector ${selector} also matches ${found}, which lies outside its reach and is not used`,
      hint: 'a selector chooses in the namespace of its own document: move the object, or give the selector a namespace where its kind has one',
    }),
  ),
  WO2022: error(
    'An endpoint without the target port',
    ({ endpoint, port, wanted }: { endpoint: string; port: string; wanted: string }) => ({
      message: `${endpoint} has no port ${wanted}, which port "${port}" of the service leads to`,
      hint: 'add the port to the endpoint, or set targetPort to a port that every selected endpoint has',
    }),
  ),
  WO2023: error('Not an endpoint address', ({ address }: { address: string }) => ({
    message: `"${address}" is no address of an endpoint`,
    hint: 'write an IP, a DNS name without a wildcard, or unix:// and an absolute path',
  })),
  WO2024: error('Endpoint ports that cannot be told apart', ({ problem }: { problem: string }) => ({
    message: `the ports of the endpoint cannot be told apart: ${problem}`,
    hint: 'give each port its own name',
  })),
  WO2025: error('A unix socket that cannot serve', ({ problem }: { problem: string }) => ({
    message: `a unix socket cannot be an endpoint here: ${problem}`,
    hint: 'a service on a unix socket has one port, and its endpoints are IPs or sockets without ports',
  })),
  WO2026: error('A range in front of endpoints', ({ address }: { address: string }) => ({
    message: `"${address}" is a range, and a service with endpoints needs single addresses`,
    hint: 'write the virtual addresses that clients call, one by one, or remove the selector',
  })),
  WO2027: error('A virtual address that is none', ({ host, address }: { host: string; address: string }) => ({
    message: `virtualAddresses gives "${host}" the address "${address}", which is no single IP`,
    hint: 'write one IP that nothing else uses, such as 240.240.1.10',
  })),
  WO2028: warning(
    'A name in EgressConfig that no external service bears',
    ({ field, key }: { field: string; key: string }) => ({
      message: `${field} speaks of "${key}", which no ExternalService of this list bears`,
      hint: 'check the spelling; an entry for another repository may stay',
    }),
  ),
  WO2029: error('A label that draws an endpoint into the mesh', ({ label }: { label: string }) => ({
    message: `the label ${label} makes Istio take the endpoint for a pod of the mesh: proxies would call it by the mesh's mutual TLS, or by another gateway`,
    hint: 'remove the label',
  })),
  WO2030: error('MUTUAL without a certificate', () => ({
    message: 'mode MUTUAL needs a client certificate',
    hint: 'write credentialName (a Secret in the gateway\u2019s namespace), or clientCertificate and privateKey',
  })),
  WO2031: error('Two kinds of credentials', ({ fields }: { fields: string }) => ({
    message: `credentialName and ${fields} exclude each other`,
    hint: 'keep credentialName, whose Secret also holds the CA, or the files',
  })),
  WO2032: error('A TLS field that this mode does not take', ({ mode, fields }: { mode: string; fields: string }) => ({
    message: `mode ${mode} takes no ${fields}`,
    hint:
      mode === 'ISTIO_MUTUAL'
        ? 'the mesh gives the certificates: remove the field'
        : 'write mode: MUTUAL, or remove the field',
  })),
  WO2033: error('A credential that no sidecar can read', ({ credentialName }: { credentialName: string }) => ({
    message: `credentialName "${credentialName}" is asked for at the sidecar, which would send plain text instead`,
    hint: 'send the port through an egress gateway (egressGatewayRoutes), or name files in the proxy',
  })),
  WO2034: error('A CA that insecureSkipVerify makes useless', ({ field }: { field: string }) => ({
    message: `insecureSkipVerify is true, but ${field} names a CA`,
    hint: 'remove insecureSkipVerify, so that the server is verified, or remove the CA',
  })),
  WO2035: error('Not a label', ({ label, value }: { label: string; value: string }) => ({
    message: `"${label}: ${value}" is no label that Kubernetes takes`,
    hint: 'use letters, digits, dashes, dots and underscores, at most 63 and neither end a sign; before a slash in the name a DNS name',
  })),
  WO2036: error('The proxy itself', ({ address }: { address: string }) => ({
    message: `"${address}" is the proxy that sends the call: its own administration listens there`,
    hint: 'write the address of the service outside',
  })),
};
