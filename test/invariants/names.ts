import { idOf } from '../../src/k8s/resource.ts';
import { type Invariant, twice } from './output.ts';

/** What DESIGN says of names and marks. */
export const names: readonly Invariant[] = [
  {
    name: 'names are DNS labels of at most 63, in a namespace that is one',
    problems: ({ generated }) =>
      generated
        .map(({ metadata: { namespace, name } }) => `${namespace}/${name}`)
        .filter(text => !text.split('/').every(part => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(part))),
  },
  { name: 'no two objects share an id', problems: ({ generated }) => twice(generated.map(idOf)) },
  {
    name: 'every object says who made it, and from what',
    problems: ({ generated }) =>
      generated
        .filter(
          ({ kind, metadata }) =>
            metadata.labels?.['app.kubernetes.io/managed-by'] !== 'wayout' ||
            // registryOnly alone makes an object that no external service or table asks for.
            !(kind === 'Sidecar' ? /^EgressConfig\/[^/]+$/ : /^(ExternalService|RouteTable)\/[^/]+\/[^/]+$/).test(
              metadata.annotations?.['wayout.dev/source'] ?? '',
            ),
        )
        .map(idOf),
  },
  {
    name: 'the API versions are those that Istio and Kubernetes serve',
    problems: ({ generated }) =>
      generated
        .filter(
          ({ apiVersion, kind }) =>
            !(
              kind === 'NetworkPolicy' ? ['networking.k8s.io/v1'] : ['networking.istio.io/v1', 'security.istio.io/v1']
            ).includes(apiVersion),
        )
        .map(idOf),
  },
];
