import { routedPorts } from '../emitters/sidecar/virtual-services.ts';
import { grouped } from '../grouped.ts';
import { covers, suffixesOf } from '../hosts.ts';
import { qualified } from '../k8s/resource.ts';
import { shared } from '../namespaces.ts';
import { type ExternalService, type Host, isHttp } from '../plan.ts';
import type { HttpRoute } from '../routing.ts';
import { isOutside } from '../ways.ts';
import type { Rule } from './rule.ts';

/** A VirtualService for a wildcard holds for every host below it that has none of its own: the calls of such a service would follow the table. */
export const tableTakesCalls: Rule = ({ services, routeTables, report }) => {
  if (routeTables.length === 0) return;
  const below = grouped(services, service => new Set(service.hosts.flatMap(({ name }) => suffixesOf(name))));
  for (const { mesh, hosts, http } of routeTables) {
    if (mesh === undefined || http.length === 0) continue;
    for (const { name, origin } of hosts.filter(({ service }) => service === undefined)) {
      if (!name.startsWith('*')) continue;
      const taken = name === '*' ? services : (below.get(name.slice(1)) ?? []);
      for (const service of taken.filter(({ clients }) => shared(clients, mesh.clients).length > 0)) {
        const inner = service.hosts.find(host => covers(name, host.name) && isPlain(host, service));
        if (inner === undefined || http.every(route => leadsOnlyTo(service, route))) continue;
        report.add('WO2434', origin, { inner: inner.name, outer: name, service: qualified(service) }, [
          { words: 'the service stands at', where: service.origin },
        ]);
      }
    }
  }
};

/** Whether calls for a host are requests that follow no route of its own. */
const isPlain = (host: Host, service: ExternalService): boolean =>
  (host.kind === 'name' || host.kind === 'wildcard') &&
  routedPorts(service, host).length === 0 &&
  service.ports.some(({ client }) => isHttp(client.protocol));

const leadsOnlyTo = (service: ExternalService, { action }: HttpRoute): boolean =>
  action.kind === 'forward' && action.destinations.every(each => isOutside(each) && each.service === service);
