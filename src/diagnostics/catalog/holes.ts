import { info, warning } from './entry.ts';

/** WO33xx: what goes past a guard. */
export const holes = {
  WO3301: warning('Everything in the cluster may be reached', ({ namespaces }: { namespaces: string }) => ({
    message: `the guard leaves ${namespaces} everything in the cluster: a pod anywhere that passes calls on is a way out`,
    hint: 'write in EgressConfig what they need: guard: {inCluster: [{namespace: ".", ports: [8080]}, …]}; inCluster: [] for nothing',
  })),
  WO3302: info('Sidecars let out what the guard holds', ({ namespaces }: { namespaces: string }) => ({
    message: `the mesh runs ALLOW_ANY: a call from ${namespaces} to a host that nobody declared passes the sidecar, and is dropped behind it; the caller waits until it gives up`,
    hint: `to have it refused at once, write in EgressConfig: registryOnly: [${namespaces}]`,
  })),
  WO3303: warning('A pod on the network of its node', ({ object }: { object: string }) => ({
    message: `${object} runs on the network of its node: no NetworkPolicy holds it, and no sidecar`,
    hint: 'remove hostNetwork, or move it to a namespace that calls no external service; forbid it there by admission',
  })),
  WO3304: warning('A container that runs as the sidecar', ({ object, who }: { object: string; who: string }) => ({
    message: `${who} of ${object} runs as user 1337, the sidecar's own: its calls go round the sidecar, and the network alone holds them`,
    hint: 'let it run as another user',
  })),
  WO3305: warning(
    'Calls that the sidecar leaves alone',
    ({ object, annotation, calls }: { object: string; annotation: string; calls: string }) => ({
      message: `${object} has ${annotation}: ${calls} go round the sidecar, and the network alone holds them`,
      hint: 'remove the annotation; what is called outside belongs into an ExternalService',
    }),
  ),
  WO3306: warning('Clients without a sidecar', ({ object, words }: { object: string; words: string }) => ({
    message: `${object} has ${words}: without a sidecar a pod has no identity that a gateway could admit, and the network alone holds it`,
    hint: 'let sidecars be injected, or move it to a namespace that calls no external service',
  })),
  WO3307: warning(
    'A NetworkPolicy that opens what ours close',
    ({ object, pods, words }: { object: string; pods: string; words: string }) => ({
      message: `${object} lets ${pods} ${words}: policies add up, and ours cannot take it back`,
      hint: 'narrow it; addresses outside that are called belong into an ExternalService',
    }),
  ),
  WO3308: warning('A server that the guard closes', ({ object, hosts }: { object: string; hosts: string }) => ({
    message: `${object} serves ${hosts} on the pods of a guarded gateway, which lets in clients of external services alone, and out to their endpoints`,
    hint: 'give it pods of its own, or write a NetworkPolicy for its clients and endpoints',
  })),
};
