import { error, warning } from './entry.ts';

/** WO31xx: objects of the list that are not ours and that break a path, or open what ours closes. */
export const witnesses = {
  WO3101: error('A ServiceEntry for the same host', ({ host, object }: { host: string; object: string }) => ({
    message: `${object} already declares ${host}: Istio keeps one and drops the other`,
    hint: 'remove it, or take the host out of one of the two',
  })),
  WO3102: error('A VirtualService for the same host', ({ host, object }: { host: string; object: string }) => ({
    message: `${object} already routes ${host} on the mesh: Istio keeps the older one and ignores the other`,
    hint: 'remove it, or take the host out of it',
  })),
  WO3103: error('A DestinationRule for the same host', ({ host, object }: { host: string; object: string }) => ({
    message: `${object} is for ${host}, and would hide or change what wayout makes for it`,
    hint: 'remove it, or narrow its host; its TLS belongs into clientsideTls of the ExternalService',
  })),
  WO3104: error('A DestinationRule for the gateway', ({ host, object }: { host: string; object: string }) => ({
    message: `${object} is for the gateway's host ${host}, and hides the subsets that lead to it: 503`,
    hint: 'remove it, or put it into the gateway\u2019s namespace with exportTo: ["*"] and without workloadSelector',
  })),
  WO3105: error(
    'A Gateway server for the same host',
    ({ host, port, object }: { host: string; port: number; object: string }) => ({
      message: `${object} already serves ${host} on port ${port} of the gateway: Istio drops the second server`,
      hint: 'remove that server, or take the host out of one of the two',
    }),
  ),
  WO3106: error(
    'A Gateway port of another protocol',
    ({ port, protocol, object }: { port: number; protocol: string; object: string }) => ({
      message: `${object} serves ${protocol} on port ${port} of the gateway, where ours needs TLS: Istio drops one of them`,
      hint: 'use another listener port for one of them',
    }),
  ),
  WO3107: error(
    'A Sidecar that hides the service',
    ({
      namespace,
      object,
      service,
      wanted,
    }: {
      namespace: string;
      object: string;
      service: string;
      wanted: string;
    }) => ({
      message: `${object} narrows what namespace ${namespace} sees, and leaves out ExternalService ${service}`,
      hint: `add to its egress.hosts: "${wanted}"`,
    }),
  ),
  WO3108: error('An ALLOW policy on the gateway', ({ host, object }: { host: string; object: string }) => ({
    message: `${object} allows calls on the gateway's pods that can be calls to ${host}: it would open what the external service's own policy closes`,
    hint: 'name other hosts in its rules, or narrow its selector to other pods',
  })),
  WO3109: warning('A server that ours closes', ({ object, hosts }: { object: string; hosts: string }) => ({
    message: `${object} serves ${hosts} on the same gateway, and no AuthorizationPolicy allows it: the first ALLOW on a gateway denies all else`,
    hint: 'write an ALLOW policy for it',
  })),
  WO3110: error('A foreign object at the same address', ({ address, object }: { address: string; object: string }) => ({
    message: `${object} already has the address ${address} on the same port: proxies would send both to one of the two`,
    hint: 'choose another address for one of them; a virtual address is free to choose',
  })),
};
