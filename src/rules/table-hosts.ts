import { isClusterService, isPrivateName } from '../hosts.ts';
import { describe } from '../k8s/resource.ts';
import { shared } from '../namespaces.ts';
import { serversFor } from '../resolve/routing/servers.ts';
import { namespacesOf } from '../ways.ts';
import { byHost, exportedTo } from './foreign.ts';
import { isOnMesh } from './foreign-virtual-service.ts';
import type { Rule } from './rule.ts';

/** The hosts of route tables: whether calls for them get to the proxies that know the routes. */
export const tableHosts: Rule = ({ routeTables, witnesses, config, report }) => {
  if (routeTables.length === 0) return;
  const foreign = byHost(witnesses.of('networking.istio.io', 'VirtualService').filter(isOnMesh));
  const known = byHost(witnesses.of('networking.istio.io', 'ServiceEntry'));
  for (const table of routeTables) {
    for (const host of table.hosts) {
      const idle = table.gateways.find(
        ({ reference }) => serversFor(reference, host.name, table.namespace, witnesses)?.length === 0,
      );
      if (idle !== undefined) report.add('WO3203', host.origin, { host: host.name, gateway: idle.reference });
      if (table.mesh === undefined || host.service !== undefined) continue;
      const rival = foreign.get(host.name)?.find(each => shared(namespacesOf(table), exportedTo(each)).length > 0);
      if (rival !== undefined)
        report.add('WO3102', host.origin, { host: host.name, object: describe(rival.resource) }, [
          { words: 'it stands at', where: { source: rival } },
        ]);
      const isKnown = known.has(host.name) || isClusterService(host.name) || !host.name.includes('.');
      if (isKnown) continue;
      if (table.tls.length + table.tcp.length > 0) report.add('WO3204', host.origin, { host: host.name });
      else if (isPrivateName(host.name) && !config.dnsCapture) report.add('WO3202', host.origin, { host: host.name });
    }
  }
};
