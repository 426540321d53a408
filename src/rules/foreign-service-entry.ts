import { describe } from '../k8s/resource.ts';
import { shared } from '../namespaces.ts';
import { visibleTo } from '../plan.ts';
import { byHost, exportedTo } from './foreign.ts';
import type { Rule } from './rule.ts';

/** Istio knows one ServiceEntry for a host in a namespace, and drops the other without a word. */
export const foreignServiceEntry: Rule = ({ services, witnesses, report }) => {
  if (services.length === 0) return;
  const foreign = byHost(witnesses.of('networking.istio.io', 'ServiceEntry'));
  for (const service of services) {
    for (const host of service.hosts) {
      const source = foreign
        .get(host.name)
        ?.find(candidate => shared(visibleTo(service), exportedTo(candidate)).length > 0);
      if (source === undefined) continue;
      report.add('WO3101', host.origin, { host: host.name, object: describe(source.resource) }, [
        { words: 'it stands at', where: { source } },
      ]);
    }
  }
};
