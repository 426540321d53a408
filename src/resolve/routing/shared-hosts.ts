import type { Draft } from '../../draft.ts';
import { grouped } from '../../grouped.ts';
import { qualified } from '../../k8s/resource.ts';
import { shared } from '../../namespaces.ts';
import type { RouteTable, TableHost } from '../../routing.ts';

/** Two tables for one host: on the mesh Istio keeps one of them, on a gateway it puts them behind each other by age. */
export function reportShared({ routeTables, report }: Draft): void {
  const claims = routeTables.flatMap(table => table.hosts.map((host): Claim => ({ table, host })));
  for (const [name, tables] of grouped(claims, ({ host }) => [host.name])) {
    for (const [index, { table, host }] of tables.entries()) {
      const before = tables.slice(0, index);
      const onMesh = before.find(other => meetOnMesh(other.table, table));
      const gateway = before.flatMap(other => commonGateway(other, table) ?? [])[0];
      if (onMesh !== undefined) {
        report.add('WO2526', host.origin, { host: name, table: qualified(onMesh.table) }, [
          { words: 'the other stands at', where: onMesh.host.origin },
        ]);
      } else if (gateway !== undefined) {
        report.add(
          'WO2527',
          host.origin,
          { host: name, table: qualified(gateway.other.table), gateway: gateway.reference },
          [{ words: 'the other stands at', where: gateway.other.host.origin }],
        );
      }
    }
  }
}

interface Claim {
  readonly table: RouteTable;
  readonly host: TableHost;
}

const meetOnMesh = (one: RouteTable, other: RouteTable): boolean =>
  one.mesh !== undefined && other.mesh !== undefined && shared(one.mesh.clients, other.mesh.clients).length > 0;

function commonGateway(other: Claim, { gateways }: RouteTable): { other: Claim; reference: string } | undefined {
  const common = gateways.find(({ reference }) => other.table.gateways.some(each => each.reference === reference));
  return common && { other, reference: common.reference };
}
