import type { Source, Where } from '../../diagnostics/report.ts';
import { at, type Draft, namespaceOf } from '../../draft.ts';
import { bears } from '../../k8s/labels.ts';
import type { IngressGateway } from '../../routing.ts';
import { fieldsOf, labelsOf, listOf, specOf } from '../../rules/foreign.ts';
import { ourCluster } from '../clusters.ts';
import type { Reference } from './spec.ts';

/** The Istio Gateways that stand for a table's virtualGateways; one that nobody knows is reported. */
export const readGateways = (
  source: Source,
  references: readonly Reference[],
  draft: Draft,
): readonly IngressGateway[] =>
  references.flatMap(
    (reference, index) => readGateway(source, reference, at(source, 'spec', 'virtualGateways', index), draft) ?? [],
  );

function readGateway(
  source: Source,
  { name = '', namespace = namespaceOf(source), cluster }: Reference,
  origin: Where,
  draft: Draft,
): IngressGateway | undefined {
  if (cluster !== undefined && !ourCluster(cluster, origin, draft, 'reference')) return undefined;
  const asked = `${namespace}/${name}`;
  const { routeGateways, gateways } = draft.config;
  const reference = Object.hasOwn(routeGateways, asked) ? routeGateways[asked] : undefined;
  const [gatewayNamespace = '', gatewayName] = (reference ?? asked).split('/');
  const gateway = draft.witnesses
    .of('networking.istio.io', 'Gateway')
    .find(({ resource: { metadata } }) => metadata.name === gatewayName && metadata.namespace === gatewayNamespace);
  if (reference === undefined && gateway === undefined) {
    draft.report.add('WO2512', origin, { gateway: asked });
    return undefined;
  }
  const stated = gateways.find(entry => entry.namespace === namespace && entry.name === name)?.service?.namespace;
  const namespaces = [
    gatewayNamespace,
    ...(stated === undefined ? [] : [stated]),
    ...workloadNamespaces(draft.virtualGateways.get(asked)),
    ...(gateway === undefined ? [] : podNamespaces(gateway, draft)),
  ];
  return { origin, reference: `${gatewayNamespace}/${gatewayName}`, namespaces: [...new Set(namespaces)].sort() };
}

/** Where a VirtualGateway says that its pods are. */
const workloadNamespaces = (source: Source | undefined): readonly string[] =>
  source === undefined
    ? []
    : listOf(specOf(source).workloads)
        .map(workload => fieldsOf(fieldsOf(workload).selector).namespace)
        .filter(namespace => typeof namespace === 'string');

/** The namespaces of the Services that stand before the pods of an Istio Gateway. */
function podNamespaces(gateway: Source, { witnesses }: Draft): readonly string[] {
  const selector = labelsOf(specOf(gateway).selector);
  if (Object.keys(selector).length === 0) return [];
  return witnesses
    .of('', 'Service')
    .filter(service => bears(labelsOf(specOf(service).selector), selector))
    .map(namespaceOf);
}
