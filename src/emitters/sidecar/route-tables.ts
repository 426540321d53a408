import type { Resource } from '../../k8s/resource.ts';
import type { RouteTable, TableHost } from '../../routing.ts';
import { namespacesOf } from '../../ways.ts';
import type { Scope } from './http-routes.ts';
import { exportTo, metadata, tableName } from './identity.ts';
import { tableLegs } from './table-legs.ts';

/** A VirtualService for each host of a table; on the mesh only where no external service has the host. */
export const routeTables = (table: RouteTable): readonly Resource[] =>
  table.hosts.flatMap(host => {
    const onMesh = table.mesh !== undefined && host.service === undefined;
    return onMesh || table.gateways.length > 0 ? [virtualService(table, host, onMesh)] : [];
  });

function virtualService(table: RouteTable, { name }: TableHost, onMesh: boolean): Resource {
  const gateways = table.gateways.map(({ reference }) => reference);
  const legs = tableLegs(table, name, workloads => scopes(onMesh, gateways, workloads), gateways.length > 0);
  const section = (wanted: string) => legs.filter(leg => leg.section === wanted).map(({ entry }) => entry);
  const [http, tls, tcp] = [section('http'), section('tls'), section('tcp')];
  const { annotations, ...rest } = metadata({ name: tableName(table, name), namespace: table.namespace }, table);
  return {
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: { ...rest, annotations: { ...table.annotations, ...annotations } },
    spec: {
      hosts: [name],
      exportTo: exportTo(namespacesOf(table)),
      // Absent, it is the mesh.
      ...(gateways.length > 0 && { gateways: [...(onMesh ? ['mesh'] : []), ...gateways] }),
      ...(http.length > 0 && { http }),
      ...(tls.length > 0 && { tls }),
      ...(tcp.length > 0 && { tcp }),
    },
  };
}

/** Labels choose among sidecars; a gateway follows every route. */
function scopes(
  onMesh: boolean,
  gateways: readonly string[],
  workloads: readonly Readonly<Record<string, string>>[],
): readonly Scope[] {
  if (!onMesh || workloads.length === 0) return [{}];
  if (gateways.length === 0) return workloads.map(sourceLabels => ({ sourceLabels }));
  return [...workloads.map(sourceLabels => ({ gateways: ['mesh'], sourceLabels })), { gateways }];
}
