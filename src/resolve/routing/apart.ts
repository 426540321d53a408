import type { Draft, DraftPort } from '../../draft.ts';
import { qualified } from '../../k8s/resource.ts';
import type { HttpRoute, RouteTable, ToExternalService } from '../../routing.ts';
import { isHop, isOutside } from '../../ways.ts';
import { destinationsOf } from './table.ts';

/** Tells each port behind gateways whether its tables' routes may stand there, and reports the subsets that would have to. */
export function placeRoutes({ routeTables, services, report }: Draft): void {
  const hops = routeTables.flatMap(table => destinationsOf(table).filter(isHop));
  const reached = new Set<unknown>(hops.map(({ port }) => port));
  for (const port of services.flatMap(({ ports }) => ports)) port.tabled = reached.has(port);
  for (const table of routeTables) {
    for (const { destination, movable } of hopsOf(table)) {
      // The services of a draft hold draft ports.
      if (!movable) (destination.port as DraftPort).tabled = false;
    }
  }
  for (const { origin, service, port, subset } of hops) {
    if (subset !== undefined && !port.tabled)
      report.add('WO2528', origin, { service: qualified(service), port: port.name }, [
        { words: 'the service stands at', where: service.origin },
      ]);
  }
}

/** Every way of a table through an egress gateway, and whether its route could stand at that gateway. */
function hopsOf(table: RouteTable): readonly { destination: ToExternalService; movable: boolean }[] {
  const { http, tls, tcp } = table;
  return [
    ...http.flatMap(route =>
      (route.action.kind === 'forward' ? route.action.destinations : [])
        .filter(isHop)
        .map(destination => ({ destination, movable: isMovable(route, table) })),
    ),
    ...[...tls, ...tcp]
      .flatMap(({ destinations }) => destinations)
      .filter(isHop)
      .map(destination => ({ destination, movable: false })),
  ];
}

/**
 * Whether a route of a table can be followed at the gateway as it is on the mesh.
 *
 * There a call bears no trace of the table that sent it: so every call of the service's own host must come by this one,
 * from whatever workload, and go to one port of that service.
 */
function isMovable({ action, workloads }: HttpRoute, { hosts, gateways }: RouteTable): boolean {
  if (action.kind !== 'forward' || workloads.length > 0 || gateways.length > 0) return false;
  const [first] = action.destinations;
  if (first === undefined || !isOutside(first)) return false;
  const { service, port } = first;
  return (
    action.destinations.every(each => isOutside(each) && each.port === port) &&
    hosts.every(host => host.service === service) &&
    (action.host === undefined ||
      action.host === 'its own' ||
      hosts.every(({ name }) => typeof action.host === 'object' && action.host.name === name))
  );
}
