import type { Check } from './check.ts';

/** Only a sidecar follows what is rendered: client namespaces are there, and Istio injects sidecars into them. */
export const namespacesAreInjected: Check = ({ rendered: { plan }, observed, report }) => {
  const known = new Map(observed.of('', 'Namespace').map(({ resource: { metadata } }) => [metadata.name, metadata]));
  if (known.size === 0) return;
  const clients = new Set((plan?.services ?? []).flatMap(({ clients: each }) => (each === 'everyone' ? [] : each)));
  for (const namespace of [...clients].sort()) {
    const labels = known.get(namespace)?.labels ?? {};
    if (!known.has(namespace)) report.add('WO5131', undefined, { namespace });
    else if (labels['istio.io/dataplane-mode'] === 'ambient') report.add('WO5133', undefined, { namespace });
    else if (labels['istio-injection'] !== 'enabled' && labels['istio.io/rev'] === undefined)
      report.add('WO5132', undefined, { namespace });
  }
};
