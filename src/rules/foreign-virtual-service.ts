import type { Source } from '../diagnostics/report.ts';
import { routedPorts } from '../emitters/sidecar/virtual-services.ts';
import { describe } from '../k8s/resource.ts';
import { shared } from '../namespaces.ts';
import { byHost, exportedTo, specOf, textsOf } from './foreign.ts';
import type { Rule } from './rule.ts';

/** Of two VirtualServices for one host on the mesh, sidecars follow the older one. A service that needs none has no second. */
export const foreignVirtualService: Rule = ({ services, witnesses, report }) => {
  const routed = services.flatMap(service =>
    service.hosts.filter(host => routedPorts(service, host).length > 0).map(host => ({ service, host })),
  );
  if (routed.length === 0) return;
  const foreign = byHost(witnesses.of('networking.istio.io', 'VirtualService').filter(isOnMesh));
  for (const { service, host } of routed) {
    const source = foreign.get(host.name)?.find(candidate => shared(service.clients, exportedTo(candidate)).length > 0);
    if (source === undefined) continue;
    report.add('WO3102', host.origin, { host: host.name, object: describe(source.resource) }, [
      { words: 'it stands at', where: { source } },
    ]);
  }
};

/** Whether a VirtualService is for sidecars: that is what it is for if it names no gateway. */
export function isOnMesh(source: Source): boolean {
  const gateways = textsOf(specOf(source).gateways);
  return gateways.length === 0 || gateways.includes('mesh');
}
