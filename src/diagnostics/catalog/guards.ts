import { error, info, warning } from './entry.ts';

/** WO26xx: what the network and REGISTRY_ONLY are asked to hold. */
export const guards = {
  WO2601: error('An address in guard that is none', ({ value, wanted }: { value: string; wanted: string }) => ({
    message: `"${value}" is not ${wanted}`,
    hint: 'write an IP such as 169.254.20.10, or a CIDR such as 10.244.0.0/16',
  })),
  WO2602: error('A place in the cluster that is unclear', () => ({
    message: 'an entry of inCluster names either pods (namespace, labels) or an address',
    hint: 'write {namespace: …, labels: {…}, ports: […]} or {address: …, ports: […]}',
  })),
  WO2603: error('A guard for clients that nobody can name', ({ service }: { service: string }) => ({
    message: `everyone may call ExternalService ${service}: a NetworkPolicy lies in one namespace, and those of its clients are not known`,
    hint: `name them: in the namespaces of the Workspaces, or in EgressConfig as visibility: {${service}: [first-namespace, second-namespace]}`,
  })),
  WO2604: error('A guard needs the ports of the pods', ({ gateway, port }: { gateway: string; port: number }) => ({
    message: `a NetworkPolicy sees the ports of pods, and the one behind port ${port} of gateway ${gateway} is not known by number`,
    hint: `write under spec.gateways of EgressConfig: {namespace: ${gateway.split('/')[0]}, name: ${gateway.split('/')[1]}, ports: [{number: ${port}, targetPort: …}]}`,
  })),
  WO2605: error(
    'A name that no block of addresses can hold',
    ({ host, port, namespaces }: { host: string; port: string; namespaces: string }) => ({
      message: `port "${port}" goes straight to ${host}, and the guard lets ${namespaces} out to addresses alone: which ones a name has is not known here, and can change`,
      hint: 'send the port through a gateway (egressGatewayRoutes, or defaultGateway in EgressConfig), or select ExternalEndpoints whose addresses are IPs',
    }),
  ),
  WO2606: error(
    'A gateway to names, and unknown ranges of the cluster',
    ({ host, port }: { host: string; port: string }) => ({
      message: `port "${port}" goes to ${host}, whose addresses are not known here: the gateway must reach everything outside, and what is inside is not said`,
      hint: 'write in EgressConfig the CIDRs of pods, services and nodes: guard: {clusterRanges: [10.244.0.0/16, 10.96.0.0/12, …]}; or select ExternalEndpoints whose addresses are IPs',
    }),
  ),
  WO2607: warning(
    'Clients beside a gateway are not held',
    ({ namespace, service }: { namespace: string; service: string }) => ({
      message: `namespace ${namespace} may call ExternalService ${service}, and a gateway lives there: its pods are not held, since a policy for all of them would cut other gateways off`,
      hint: 'let no workloads live beside a gateway',
    }),
  ),
  WO2608: warning('A Service that is not in the list', ({ host }: { host: string }) => ({
    message: `the Service ${host} is not in the list: the guard lets its whole namespace be reached, on every port`,
    hint: 'add the Service to the list: then its pods and their ports are known',
  })),
  WO2609: warning('An address inside the cluster', ({ address, range }: { address: string; range: string }) => ({
    message: `${address} lies in ${range} of the cluster: whether a NetworkPolicy sees it, or the address of a pod behind it, is up to the network`,
    hint: 'write the host of a Service instead, such as db.data.svc.cluster.local',
  })),
  WO2610: error('A Sidecar beside REGISTRY_ONLY', ({ namespace, object }: { namespace: string; object: string }) => ({
    message: `${object} decides what pods of namespace ${namespace} may call, and lets them call hosts that nobody declared`,
    hint: 'add to its spec: outboundTrafficPolicy: {mode: REGISTRY_ONLY}',
  })),
  WO2611: error('REGISTRY_ONLY for the whole mesh', ({ namespace }: { namespace: string }) => ({
    message: `a Sidecar in the root namespace ${namespace} is for every namespace that has none of its own`,
    hint: 'name the namespaces one by one; for all, set outboundTrafficPolicy in the mesh configuration, and in EgressConfig outboundTrafficPolicy: REGISTRY_ONLY',
  })),
  WO2620: error('A namespace of gateways that the guard names', ({ namespace }: { namespace: string }) => ({
    message: `namespace ${namespace} is to be held, and a gateway stands there: a policy for all its pods would cut the gateway off, and without one they get out`,
    hint: `let no workloads live beside a gateway, and take ${namespace} out of guard.namespaces`,
  })),
  WO2621: info('Namespaces that others hold', ({ namespaces }: { namespaces: string }) => ({
    message: `no external service of this list may be called from ${namespaces}: no NetworkPolicy is made there, and what holds them comes from elsewhere`,
    hint: 'let the repository of what they call render with this guard; a namespace that calls nothing outside needs a NetworkPolicy that denies all',
  })),
  WO2622: warning(
    'A table to a Service that the guard closes',
    ({ host, namespaces }: { host: string; namespaces: string }) => ({
      message: `calls from ${namespaces}, or copies of them, would go to ${host}, and inCluster of the guard does not name its pods: they are dropped`,
      hint: 'name them: guard: {inCluster: [{namespace: …, labels: {…}, ports: […]}]}, the ports being those of the pods; or lead elsewhere',
    }),
  ),
  WO2623: warning(
    'A range around the cluster, or around what answers machines of a cloud',
    ({ range, inside }: { range: string; inside: string }) => ({
      message: `${range} takes in ${inside}, which clusterRanges or metadataAddresses of the guard name: these stay closed`,
      hint: 'name the ranges outside one by one; what is called in the cluster belongs into inCluster',
    }),
  ),
  WO2624: warning(
    'An address that answers machines of a cloud',
    ({ address, range }: { address: string; range: string }) => ({
      message: `${address} lies in ${range} of metadataAddresses: what answers there may hand out the keys of the machine, and the guard lets it be reached since a service names it`,
      hint: 'remove the service, or let pods get their identity in another way',
    }),
  ),
  WO2625: error(
    'A port that the Service does not have',
    ({ host, port }: { host: string; port: number | undefined }) => ({
      message: `the Service ${host} has ${port === undefined ? 'no port' : `no port ${port}`}: the guard cannot tell which port of its pods is meant`,
      hint: 'write the number of a port of the Service',
    }),
  ),
};
