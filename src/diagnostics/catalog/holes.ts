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
};
