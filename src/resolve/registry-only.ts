import type { Report, Source } from '../diagnostics/report.ts';
import { describe } from '../k8s/resource.ts';
import type { Layer } from '../options.ts';
import type { Closed } from '../plan.ts';
import { fieldsOf, namespaceOf, rootNamespace, specOf } from '../rules/foreign.ts';
import type { Witnesses } from '../witnesses.ts';

/** The namespaces of `registryOnly` that need a Sidecar: none does whose own Sidecar says it already. */
export function closedNamespaces(layers: readonly Layer[], witnesses: Witnesses, report: Report): readonly Closed[] {
  const layer = layers.findLast(({ spec }) => spec.registryOnly !== undefined);
  if (layer === undefined) return [];
  const names = [...new Set(layer.spec.registryOnly)];
  const sidecars = names.length === 0 ? [] : witnesses.of('networking.istio.io', 'Sidecar');
  return names.flatMap(namespace => {
    const origin = layer.at('registryOnly', (layer.spec.registryOnly ?? []).indexOf(namespace));
    const present = sidecars.filter(source => namespaceOf(source) === namespace);
    const open = present.find(source => !isClosed(source));
    if (namespace === rootNamespace) report.add('WO2611', origin, { namespace });
    if (open !== undefined)
      report.add('WO2610', origin, { namespace, object: describe(open.resource) }, [
        { words: 'it stands at', where: { source: open, field: ['spec'] } },
      ]);
    const isDone = present.some(source => isClosed(source) && specOf(source).workloadSelector === undefined);
    return isDone ? [] : [{ namespace, from: layer.source }];
  });
}

const isClosed = (source: Source): boolean => fieldsOf(specOf(source).outboundTrafficPolicy).mode === 'REGISTRY_ONLY';
