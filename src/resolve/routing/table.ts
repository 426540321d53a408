import { at, type Draft, type DraftService } from '../../draft.ts';
import { places } from '../../grouped.ts';
import { qualified } from '../../k8s/resource.ts';
import { shared, union } from '../../namespaces.ts';
import type { ExternalService, Namespaces } from '../../plan.ts';
import type { Destination, RouteTable, ToExternalService } from '../../routing.ts';
import { readSpec } from '../../schemas.ts';
import { followersOf, isOutside } from '../../ways.ts';
import { importers } from '../sharing.ts';
import { workspaceOf } from '../workspaces.ts';
import { reportAllowed } from './allowed.ts';
import { reportBeside } from './beside.ts';
import { readTcp, readTls } from './connections.ts';
import { readGateways } from './gateways.ts';
import { readTableHosts } from './hosts.ts';
import { readHttp } from './http.ts';
import type { TableSpec } from './spec.ts';
import type { FoundTable } from './trees.ts';
import { readWorkloads } from './workloads.ts';

/** A root as the plan has it, and what it changes for the services that it leads to. */
export function readTable(found: FoundTable, draft: Draft): void {
  const { source, name, namespace } = found;
  draft.used.add(source);
  const spec = readSpec<TableSpec>(source, 'route-table', draft);
  if (spec === undefined) return;
  reportBeside(found, spec, draft);
  const { virtualGateways = [], workloadSelectors } = spec;
  const workloads = readWorkloads(source, spec, draft) ?? [];
  const onMesh = virtualGateways.length === 0 || (workloadSelectors ?? []).length > 0;
  const clients = onMesh ? clientsOf(found, draft) : undefined;
  const routes = {
    http: readHttp(found, spec, workloads, draft),
    tls: readTls(source, spec, draft),
    tcp: readTcp(source, spec, draft),
  };
  const outside = destinationsOf(routes).filter(isOutside);
  const table: RouteTable = {
    origin: at(source),
    name,
    namespace,
    annotations: spec.virtualServiceAnnotations ?? {},
    hosts: readTableHosts(source, spec.hosts ?? [], clients, namespace, draft),
    ...(clients !== undefined && { mesh: { workloads, clients } }),
    gateways: readGateways(found, virtualGateways, outside, draft),
    ...routes,
  };
  draft.routeTables.push(table);
  reportAllowed(found, table, draft);
  for (const destination of outside) reach(destination, table, draft);
  // A service may have several of the hosts.
  for (const service of new Set(table.hosts.flatMap(host => host.service ?? [])))
    draftOf(service, draft)?.tables.push(table);
}

/** Every destination of a table, in its order. */
export const destinationsOf = ({
  http,
  tls,
  tcp,
}: Pick<RouteTable, 'http' | 'tls' | 'tcp'>): readonly Destination[] => [
  ...http.flatMap(({ action }) => (action.kind === 'forward' ? action.destinations : [])),
  ...[...tls, ...tcp].flatMap(({ destinations }) => destinations),
];

/** The namespaces whose sidecars follow a table: its workspace's, and those of workspaces that import it. */
function clientsOf(table: FoundTable, draft: Draft): Namespaces {
  const owner = workspaceOf(table.namespace, draft);
  const sharing = owner === undefined ? [] : [owner, ...importers(owner, table, draft, 'ROUTE_TABLE')];
  return union([[table.namespace], ...sharing.map(({ namespaces }) => namespaces)]);
}

/** A gateway calls the services that its tables lead to; sidecars must have been let in by the service itself. */
function reach({ service, origin }: ToExternalService, table: RouteTable, draft: Draft): void {
  const drafted = draftOf(service, draft);
  if (drafted === undefined) return;
  const { gateways } = table;
  const blind = blindOf(followersOf(table), drafted.clients);
  if (blind.length > 0) {
    draft.report.add('WO2518', origin, { service: qualified(service), namespaces: blind.join(', ') }, [
      { words: 'the service stands at', where: service.origin },
    ]);
  }
  const namespaces = gateways.flatMap(gateway => gateway.namespaces);
  if (service.namespace !== table.namespace && workspaceOf(service.namespace, draft) === undefined)
    reportLetIn(blindOf(namespaces, drafted.clients), service, origin, draft);
  drafted.clients = union([drafted.clients, namespaces]);
  drafted.ingresses = [...new Set([...drafted.ingresses, ...namespaces])];
}

/** Without workspaces only its own namespace says who may call a service, and EgressConfig. */
function reportLetIn(
  strangers: readonly string[],
  service: ExternalService,
  origin: ToExternalService['origin'],
  { report }: Draft,
): void {
  if (strangers.length === 0) return;
  report.add('WO2430', origin, { service: qualified(service), namespaces: strangers.join(', ') }, [
    { words: 'the service stands at', where: service.origin },
  ]);
}

/** The namespaces that follow a table and do not see where it leads. */
function blindOf(clients: Namespaces, seenBy: Namespaces): readonly string[] {
  if (seenBy === 'everyone') return [];
  if (clients === 'everyone') return ['*'];
  const seen = shared(clients, seenBy);
  return clients.filter(namespace => !seen.includes(namespace));
}

const draftOf = (service: object, { services }: Draft): DraftService | undefined =>
  services[places(services).get(service) ?? -1];
