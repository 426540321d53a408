import { covers, isPrivateName } from '../hosts.ts';
import { describe } from '../k8s/resource.ts';
import { shared } from '../namespaces.ts';
import type { RouteTable, TableHost } from '../routing.ts';
import { namespacesOf } from '../ways.ts';
import type { Witnesses } from '../witnesses.ts';
import { byHost, exportedTo, fieldsOf, listOf, namespaceOf, specOf, textsOf } from './foreign.ts';
import { isOnMesh } from './foreign-virtual-service.ts';
import type { Rule } from './rule.ts';

/** The hosts of route tables: whether calls for them get to the proxies that know the routes. */
export const tableHosts: Rule = ({ routeTables, witnesses, config, report }) => {
  if (routeTables.length === 0) return;
  const foreign = byHost(witnesses.of('networking.istio.io', 'VirtualService').filter(isOnMesh));
  const known = byHost(witnesses.of('networking.istio.io', 'ServiceEntry'));
  for (const table of routeTables) {
    for (const host of table.hosts) {
      const idle = table.gateways.find(({ reference }) => !serves(reference, table, host, witnesses));
      if (idle !== undefined) report.add('WO3203', host.origin, { host: host.name, gateway: idle.reference });
      if (table.mesh === undefined || host.service !== undefined) continue;
      const rival = foreign.get(host.name)?.find(each => shared(namespacesOf(table), exportedTo(each)).length > 0);
      if (rival !== undefined)
        report.add('WO3102', host.origin, { host: host.name, object: describe(rival.resource) }, [
          { words: 'it stands at', where: { source: rival } },
        ]);
      const isKnown = known.has(host.name) || /\.svc(\.cluster\.local)?$/.test(host.name) || !host.name.includes('.');
      if (isKnown) continue;
      if (table.tls.length + table.tcp.length > 0) report.add('WO3204', host.origin, { host: host.name });
      else if (isPrivateName(host.name) && !config.dnsCapture) report.add('WO3202', host.origin, { host: host.name });
    }
  }
};

/** Whether an Istio Gateway has a server for a host; one that is not in the list may have. */
function serves(reference: string, { namespace }: RouteTable, { name }: TableHost, witnesses: Witnesses): boolean {
  const gateway = witnesses
    .of('networking.istio.io', 'Gateway')
    .find(source => `${namespaceOf(source)}/${source.resource.metadata.name}` === reference);
  if (gateway === undefined) return true;
  const patterns = listOf(specOf(gateway).servers).flatMap(server => textsOf(fieldsOf(server).hosts));
  return patterns.some(pattern => {
    const slash = pattern.indexOf('/');
    const scope = slash < 0 ? '*' : pattern.slice(0, slash);
    const host = pattern.slice(slash + 1).toLowerCase();
    const inScope = scope === '*' || scope === namespace || (scope === '.' && namespaceOf(gateway) === namespace);
    return inScope && (host === name || covers(host, name) || covers(name, host));
  });
}
