import { error, info, warning } from './entry.ts';

/** WO5xxx: what runs in a cluster, beside what Git says. */
export const live = {
  WO5001: error('No cluster', ({ problem }: { problem: string }) => ({
    message: `the kubeconfig leads to no cluster: ${problem}`,
    hint: 'KUBECONFIG or ~/.kube/config says which cluster, --context which of several; in a pod it is the service account',
  })),
  WO5002: error('A cluster that does not answer', ({ server, problem }: { server: string; problem: string }) => ({
    message: `${server} could not be asked to the end: ${problem}`,
    hint: 'nothing was written; run it again once the API server answers, with a longer --timeout if it is slow',
  })),
  WO5003: error('A right that is missing', ({ verb, resource }: { verb: string; resource: string }) => ({
    message: `this account may not ${verb} ${resource}`,
    hint: 'docs/live.md has a ClusterRole with every right that is needed, none of which changes anything',
  })),
  WO5004: error(
    'An API of Istio that the cluster does not serve',
    ({ kind, api, older }: { kind: string; api: string; older: string }) => ({
      message: `the cluster serves no ${kind} of ${api}${older === '' ? '' : `, only of ${older}`}`,
      hint:
        older === '' ? 'install Istio 1.22 or later, its CRDs first' : 'upgrade Istio to 1.22 or later, its CRDs first',
    }),
  ),
  WO5005: warning(
    'A mesh whose settings are not found',
    ({ namespace, object }: { namespace: string; object: string }) => ({
      message: `${object} is not there: trust domain, DNS capture and outbound policy of the mesh were not checked`,
      hint: `--istio-namespace names the namespace of istiod; here it is ${namespace}`,
    }),
  ),
  WO5006: error('An account that nobody knows', ({ server, problem }: { server: string; problem: string }) => ({
    message: `${server} does not know this account: ${problem}`,
    hint: 'log in again, or choose another --context',
  })),
  WO5101: info('The version of Istio', ({ version }: { version: string }) => ({
    message: `the mesh runs Istio ${version}`,
  })),
  WO5102: error('Another trust domain', ({ given, found }: { given: string; found: string }) => ({
    message: `EgressConfig says trustDomain: ${given}, but the mesh's is ${found}: no principal of an access policy would ever match`,
    hint: `write trustDomain: ${found}`,
  })),
  WO5103: error('Another DNS capture', ({ given, found }: { given: boolean; found: boolean }) => ({
    message: `EgressConfig says dnsCapture: ${given}, but in the mesh it is ${found}`,
    hint: `write dnsCapture: ${found}, or set ISTIO_META_DNS_CAPTURE in the mesh's defaultConfig.proxyMetadata`,
  })),
  WO5104: warning('Another outbound policy', ({ given, found }: { given: string; found: string }) => ({
    message: `EgressConfig says outboundTrafficPolicy: ${given}, but the mesh runs with ${found}`,
    hint: `write outboundTrafficPolicy: ${found}`,
  })),
  WO5111: error('A gateway whose Service is not there', ({ service }: { service: string }) => ({
    message: `clients are sent to Service ${service}, which the cluster does not have`,
    hint: 'install the gateway, or name its Service in EgressConfig.gateways; wayout config --live writes it',
  })),
  WO5112: error(
    'A port that the Service does not have',
    ({ service, port, found }: { service: string; port: number; found: string }) => ({
      message: `clients are sent to port ${port} of Service ${service}, which has ${found === '' ? 'no port' : found}`,
      hint: `add port ${port} to the Service, or use a listener on one that it has`,
    }),
  ),
  WO5113: error(
    'Another port of the pods',
    ({ service, port, given, found }: { service: string; port: number; given: number; found: number }) => ({
      message: `port ${port} of Service ${service} leads to port ${found} of the pods, not to ${given}`,
      hint: `write targetPort: ${found} in EgressConfig.gateways`,
    }),
  ),
  WO5114: warning(
    'A gateway without pods',
    ({ gateway, namespace, labels, count }: { gateway: string; namespace: string; labels: string; count: number }) => ({
      message: `none of the ${count} pods in namespace ${namespace} with labels ${labels} is ready: gateway ${gateway} carries nothing`,
      hint: 'start the gateway, or correct the labels of its workload',
    }),
  ),
  WO5121: error('A Secret that is not there', ({ secret, namespace }: { secret: string; namespace: string }) => ({
    message: `Secret ${namespace}/${secret} is not there: the gateway looks for it in its own namespace, and refuses calls without it`,
    hint: `create it in namespace ${namespace}`,
  })),
  WO5131: warning('A client namespace that is not there', ({ namespace }: { namespace: string }) => ({
    message: `namespace ${namespace} may call external services, but the cluster does not have it`,
    hint: 'create it, or take it out of the Workspace or of visibility',
  })),
  WO5132: warning('A client namespace without sidecars', ({ namespace }: { namespace: string }) => ({
    message: `Istio injects no sidecar in namespace ${namespace}: its pods follow nothing of what is rendered, unless each asks for one itself`,
    hint: `kubectl label namespace ${namespace} istio-injection=enabled, or istio.io/rev with your revision, and restart its pods`,
  })),
  WO5133: warning('A client namespace in ambient mode', ({ namespace }: { namespace: string }) => ({
    message: `namespace ${namespace} is in ambient mode: what is rendered is for sidecars`,
    hint: 'give its pods sidecars, or take it out of the clients',
  })),
  WO5141: warning('An object that is not in the cluster', ({ object }: { object: string }) => ({
    message: `${object} is rendered, and not in the cluster`,
    hint: 'apply what is rendered',
  })),
  WO5142: warning(
    'An object that differs from the cluster',
    ({ object, fields }: { object: string; fields: string }) => ({
      message: `${object} is not in the cluster as it is rendered: ${fields}`,
      hint: 'apply what is rendered; whoever changed it by hand will want to know',
    }),
  ),
  WO5143: warning('An object that nothing yields any more', ({ object, from }: { object: string; from: string }) => ({
    message: `${object} was made from ${from}, which no longer yields it`,
    hint: 'delete it, or let Argo CD prune it',
  })),
  WO5151: error(
    'An object that the API server refuses',
    ({ object, complaint }: { object: string; complaint: string }) => ({
      message: `the API server would refuse ${object}: ${complaint}`,
      hint: 'correct the field that it names in the source; if the source is right, this is a bug of wayout: please report it',
    }),
  ),
};
