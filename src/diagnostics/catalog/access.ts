import { error, info, warning } from './entry.ts';

/** WO22xx: access policies. */
export const access = {
  WO2201: warning('A policy that also selects other things', () => ({
    message:
      'the policy selects external services and other things: it is translated for the first, and stays in the output for the others',
  })),
  WO2202: error('A field that cannot be kept', ({ field, why }: { field: string; why: string }) => ({
    message: `${field} ${why}`,
    hint: 'rendering without it would open what it is meant to close: say it in another way, or deny that by an Istio AuthorizationPolicy (action: DENY) for the egress gateway',
  })),
  WO2203: info('Inbound TLS does not touch external services', () => ({
    message: 'config.authn is about calls into the mesh: it changes nothing for an external service',
  })),
  WO2204: error('A policy on a port without a gateway', ({ service, port }: { service: string; port: string }) => ({
    message: `the policy selects port "${port}" of ExternalService ${service}, which goes through no egress gateway: nothing would enforce it`,
    hint: 'give the port egressGatewayRoutes, or select only the ports that have them (applyToDestinations.port)',
  })),
  WO2205: error(
    'Requests that the gateway cannot read',
    ({ fields, service, port, protocol }: { fields: string; service: string; port: string; protocol: string }) => ({
      message: `${fields} cannot be checked on port "${port}" (${protocol}) of ExternalService ${service}: the gateway sees no requests there`,
      hint: 'remove them for this port, or let the gateway open the TLS (protocol HTTPS with clientsideTls)',
    }),
  ),
  WO2206: error(
    'A policy where the gateway knows nobody',
    ({ service, gateway }: { service: string; gateway: string }) => ({
      message: `ExternalService ${service} passes gateway ${gateway} by a PASSTHROUGH listener, where no client has an identity`,
      hint: 'add a listener with tls.mode ISTIO_MUTUAL that exposes the host',
    }),
  ),
  WO2207: error('Service accounts by label that are not in the list', ({ labels }: { labels: string }) => ({
    message: `no ServiceAccount of the list bears the labels ${labels}`,
    hint: 'add the ServiceAccounts to the list, or select by name and namespace',
  })),
  WO2208: error('A service account in no namespace', ({ name }: { name: string }) => ({
    message: `the service account "${name}" is selected without a namespace, and everybody may call the service`,
    hint: 'write serviceAccountSelector.namespace',
  })),
  WO2209: info('The namespaces of a service account', ({ name, namespaces }: { name: string; namespaces: string }) => ({
    message: `the service account "${name}" is selected without a namespace: it is taken from ${namespaces}`,
  })),
  WO2210: error('Not a name', ({ value, what }: { value: string; what: string }) => ({
    message: `"${value}" is no ${what}`,
    hint: 'use lower-case letters, digits and dashes',
  })),
  WO2211: warning(
    'A client that does not see the service',
    ({ namespace, service }: { namespace: string; service: string }) => ({
      message: `the policy admits clients from namespace ${namespace}, which does not see ExternalService ${service}`,
      hint: `add to EgressConfig: visibility: {${service}: [${namespace}]}`,
    }),
  ),
  WO2212: error('A policy without destinations', () => ({
    message: 'the policy names no destinations: does it mean the external services of its namespace too?',
    hint: 'write applyToDestinations, with kind: SERVICE or kind: EXTERNAL_SERVICE',
  })),
  WO2213: error('A policy that does not say who', ({ what }: { what: string }) => ({
    message: `${what}: the policy does not say who may call`,
    hint: 'name the clients under allowedClients, or what they may do under allowedMethods or allowedPaths; without any policy the client namespaces may call',
  })),
  WO2214: error('A policy that reaches no client', ({ service }: { service: string }) => ({
    message: `no namespace that may call ExternalService ${service} lies in the policy's workspace or in one that it imports from`,
    hint: 'write serviceAccountSelector.namespace, or import the workspace of the clients',
  })),
};
