import { error, warning } from './entry.ts';

/** WO14xx: what `wayout generate` is given beside the manifests, and what Argo CD would let pass. */
export const generate = {
  WO1401: error('Parameters that cannot be read', ({ found }: { found: string }) => ({
    message: `ARGOCD_APP_PARAMETERS is a JSON list, each entry with a name and a string, an array or a map of texts: ${found}`,
    hint: 'leave it to Argo CD to set it; on a laptop copy spec.source.plugin.parameters as JSON',
  })),
  WO1402: error('An unknown parameter', ({ name, meant }: { name: string; meant?: string | undefined }) => ({
    message: `unknown parameter "${name}"`,
    hint: meant === undefined ? 'parameters bear the names of the fields of EgressConfig' : `did you mean "${meant}"?`,
  })),
  WO1403: error('A parameter without one value', ({ name }: { name: string }) => ({
    message: `parameter ${name} needs exactly one value`,
    hint: 'write one of string, array and map beside its name',
  })),
  WO1404: error('A parameter twice', ({ name }: { name: string }) => ({
    message: `parameter ${name} stands twice`,
    hint: 'remove one of the two',
  })),
  WO1405: error('A parameter that is not YAML', () => ({
    message: 'this value is not valid YAML',
    hint: 'write it as it would stand in an EgressConfig',
  })),
  WO1406: error(
    'An API version that the cluster does not serve',
    ({ apiVersion, kinds, instead }: { apiVersion: string; kinds: readonly string[]; instead: readonly string[] }) => ({
      message: `the cluster does not serve ${kinds.join(', ')} of ${apiVersion}${instead.length === 0 ? '' : `; of this group it serves ${instead.join(', ')}`}`,
      hint: 'install Istio 1.22 or newer with its CRDs; KUBE_API_VERSIONS says what the cluster serves',
    }),
  ),
  WO1407: error('A kustomization without kustomize', () => ({
    message: 'this folder has a kustomization, and there is no kustomize on PATH',
    hint: 'install kustomize beside wayout, or pipe: kustomize build DIR | wayout generate -',
  })),
  WO1408: error('kustomize build failed', ({ reason }: { reason: string }) => ({
    message: `kustomize build failed: ${reason}`,
  })),
  WO1409: error('A kustomization that lists wayout itself', ({ overlays }: { overlays: readonly string[] }) => ({
    message:
      'this kustomization runs wayout as a function, which generate never does: whoever writes such a line chooses what is run',
    hint: `point generate at ${overlays.length === 0 ? 'a kustomization without the function' : overlays.join(' or ')}, and put the EgressConfig among the resources there`,
  })),
  WO1410: error('A path that leaves the repository', ({ path }: { path: string }) => ({
    message: `this leads to ${path}, seen from the root of the repository: outside of it`,
    hint: 'copy what is needed into the repository',
  })),
  WO1411: error('An object without a name', ({ what }: { what: string }) => ({
    message: `an object of the output has no ${what}: Argo CD would fail only when it syncs`,
    hint: 'every object needs apiVersion, kind and metadata.name',
  })),
  WO1412: error('One object twice in the output', ({ object }: { object: string }) => ({
    message: `${object} stands twice in the output: Argo CD would apply one over the other`,
    hint: 'remove one of them; a patch belongs into a kustomization',
  })),
  WO1413: error('An input that is still in the output', ({ object }: { object: string }) => ({
    message: `${object} would go to the cluster as it is: it was not rendered`,
    hint: 'remove it, or set sources: keep in EgressConfig',
  })),
  WO1414: error('Nothing to deploy', () => ({
    message: 'no object would go out: Argo CD would delete everything that the application has',
    hint: 'check the path of the application, or set allowEmpty: true in EgressConfig',
  })),
  WO1415: error(
    'A key of a kustomization in upper or lower case',
    ({ key, known }: { key: string; known: string }) => ({
      message: `the key "${key}" is not spelled "${known}": kustomize reads it all the same`,
      hint: `write ${known}`,
    }),
  ),
  WO1420: error('A field that the platform has locked', ({ field, value }: { field: string; value: string }) => ({
    message: `${field} is locked by the platform: it is ${value}`,
    hint: `remove ${field} here, or ask whoever runs the platform`,
  })),
  WO1421: error('A field for the platform alone', ({ field }: { field: string }) => ({
    message: `${field} counts in the platform's EgressConfig alone`,
    hint: 'remove it here: it would bind nobody',
  })),
  WO1422: error(
    'A lock on a field that does not exist',
    ({ field, meant }: { field: string; meant?: string | undefined }) => ({
      message: `"${field}" is no field of EgressConfig that others can set: nothing is locked`,
      hint: meant === undefined ? 'write the name of a field, such as visibility' : `did you mean "${meant}"?`,
    }),
  ),
  WO1423: error('A claim of nothing', () => ({
    message: 'a claim is for one host or for one address',
    hint: 'write {host: api.example.com, by: shop/pay} or {address: 192.0.2.0/24, by: shop}',
  })),
  WO1424: error('Claimed by another repository', ({ value, by }: { value: string; by: string }) => ({
    message: `${value} belongs to ${by}, says the platform: Istio would keep one of the two and drop the other`,
    hint: 'call the external service that has it; overlap: skip in EgressConfig leaves this one out',
  })),
  WO1425: warning(
    'One inside what another repository claims',
    ({ outer, inner, own, by }: { outer: string; inner: string; own: string; by: string }) => ({
      message: `${outer} takes in ${inner}: calls to ${inner} go to ${inner === own ? 'this external service' : by}, all others to ${inner === own ? by : 'this external service'}`,
    }),
  ),
  WO1426: error('Not a configuration of the platform', () => ({
    message: 'this is no EgressConfig, and what it was to lock would be open',
    hint: 'write an EgressConfig of wayout.dev/v1alpha1 with a name',
  })),
  WO1430: warning(
    'A word that YAML 1.1 reads differently',
    ({ text, theirs }: { text: string; theirs: string; ours: string }) => ({
      message: `${text} without quotes is a text for wayout, and ${theirs} for the cluster and Argo CD, which read YAML 1.1`,
      hint: `write "${text}", or what is meant`,
    }),
  ),
  WO1431: error(
    'A number that YAML 1.1 reads differently',
    ({ text, ours, theirs }: { text: string; ours: string; theirs: string }) => ({
      message: `${text} is ${ours} in YAML 1.2, and ${theirs} for the cluster and Argo CD, which read YAML 1.1`,
      hint: `write ${ours} or ${theirs}, or "${text}" for a text`,
    }),
  ),
};
