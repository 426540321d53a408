import type { Source, Where } from '../../diagnostics/report.ts';
import { at, type Draft, namespaceOf } from '../../draft.ts';
import { bears } from '../../k8s/labels.ts';
import { qualified } from '../../k8s/resource.ts';
import type { IngressGateway, ToExternalService } from '../../routing.ts';
import { fieldsOf, labelsOf, listOf, specOf, textsOf } from '../../rules/foreign.ts';
import { named } from '../../witnesses.ts';
import { ourCluster } from '../clusters.ts';
import { sees } from '../sharing.ts';
import { workspaceOf } from '../workspaces.ts';
import type { Reference } from './spec.ts';
import type { FoundTable } from './trees.ts';

/** The Istio Gateways that stand for a table's virtualGateways; one that nobody knows is reported. */
export const readGateways = (
  table: FoundTable,
  references: readonly Reference[],
  outside: readonly ToExternalService[],
  draft: Draft,
): readonly IngressGateway[] =>
  references.flatMap(
    (reference, index) =>
      readGateway(table, reference, at(table.source, 'spec', 'virtualGateways', index), outside, draft) ?? [],
  );

function readGateway(
  table: FoundTable,
  { name = '', namespace = table.namespace, cluster }: Reference,
  origin: Where,
  outside: readonly ToExternalService[],
  draft: Draft,
): IngressGateway | undefined {
  if (cluster !== undefined && !ourCluster(cluster, origin, draft, 'reference')) return undefined;
  const asked = `${namespace}/${name}`;
  const { routeGateways, gateways } = draft.config;
  const reference = Object.hasOwn(routeGateways, asked) ? routeGateways[asked] : undefined;
  const [gatewayNamespace = '', gatewayName = ''] = (reference ?? asked).split('/');
  const own = { namespace: gatewayNamespace, name: gatewayName };
  const gateway = named(draft.witnesses, 'networking.istio.io', 'Gateway', own);
  if (reference === undefined && gateway === undefined) {
    const [first] = outside;
    if (first !== undefined && isEgress(namespace, name, draft))
      reportEgress(first, { namespace, name }, table.source, origin, draft);
    else draft.report.add('WO2512', origin, { gateway: asked });
    return undefined;
  }
  if (!mayBind(table, namespace, draft)) {
    draft.report.add('WO2562', origin, { gateway: asked });
    return undefined;
  }
  const stated = gateways.find(entry => entry.namespace === namespace && entry.name === name)?.service?.namespace;
  const namespaces = [
    ...(stated === undefined ? [] : [stated]),
    ...workloadNamespaces(draft.virtualGateways.get(asked)),
    ...(gateway === undefined ? [] : podNamespaces(gateway, draft)),
  ];
  return {
    origin,
    asked,
    reference: `${gatewayNamespace}/${gatewayName}`,
    // A Gateway selects pods of any namespace: its own counts where nothing says another.
    namespaces: namespaces.length > 0 ? [...new Set(namespaces)].sort() : [gatewayNamespace],
  };
}

/** Without workspaces a reference says enough; with them, the gateway's must see the table. */
const mayBind = (table: FoundTable, namespace: string, draft: Draft): boolean =>
  (workspaceOf(table.namespace, draft) === undefined && workspaceOf(namespace, draft) === undefined) ||
  sees(namespace, table, draft, 'ROUTE_TABLE');

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

/** Whether sidecars are meant to send calls to a VirtualGateway: it is one of EgressConfig, or has a mutual listener of the mesh. */
const isEgress = (namespace: string, name: string, { config, virtualGateways }: Draft): boolean => {
  const known = virtualGateways.get(`${namespace}/${name}`);
  const modes =
    known === undefined ? [] : listOf(specOf(known).listeners).map(each => fieldsOf(fieldsOf(each).tls).mode);
  return (
    modes.includes('ISTIO_MUTUAL') ||
    config.gateways.some(entry => entry.namespace === namespace && entry.name === name)
  );
};

/** Before there were egressGatewayRoutes, two tables did it: one from the mesh to the gateway, one from there to the outside. */
function reportEgress(
  { service, port }: ToExternalService,
  gateway: { readonly namespace: string; readonly name: string },
  source: Source,
  origin: Where,
  { tables, report }: Draft,
): void {
  const hosts = textsOf(specOf(source).hosts);
  const half = tables.find(
    table => table.source !== source && textsOf(specOf(table.source).hosts).some(host => hosts.includes(host)),
  );
  report.add('WO2533', origin, { ...gateway, service: qualified(service), port: port.name }, [
    { words: 'the port stands at', where: port.origin },
    ...(half === undefined ? [] : [{ words: 'its other half stands at', where: at(half.source) }]),
  ]);
}
