import type { Source } from '../diagnostics/report.ts';
import { grouped } from '../grouped.ts';
import { covers } from '../hosts.ts';
import { describe, qualified } from '../k8s/resource.ts';
import type { ExternalService, Host } from '../plan.ts';
import { fieldsOf, listOf, namespaceOf, rootNamespace, specOf, textsOf } from './foreign.ts';
import type { Rule } from './rule.ts';

/** A Sidecar that does not import a service drops its ServiceEntry and its route: under ALLOW_ANY the call goes past the gateway. */
export const sidecarHidesService: Rule = ({ services, witnesses, report }) => {
  if (services.length === 0) return;
  const sidecars = witnesses.of('networking.istio.io', 'Sidecar').filter(source => specOf(source).egress !== undefined);
  const narrowed = new Set(sidecars.filter(source => specOf(source).workloadSelector === undefined).map(namespaceOf));
  const byNamespace = grouped(sidecars, source => [namespaceOf(source)]);
  for (const service of services) {
    const near =
      service.clients === 'everyone'
        ? sidecars
        : [...service.clients, rootNamespace].flatMap(client => byNamespace.get(client) ?? []);
    for (const source of new Set(near.filter(sidecar => concerns(sidecar, service, narrowed)))) {
      const hidden = service.hosts.find(host => !imports(source, service, host));
      if (hidden === undefined) continue;
      report.add(
        'WO3107',
        hidden.origin,
        {
          namespace: namespaceOf(source),
          object: describe(source.resource),
          service: qualified(service),
          wanted: `${service.namespace}/${hidden.name}`,
        },
        [{ words: 'it stands at', where: { source, field: ['spec', 'egress'] } }],
      );
    }
  }
};

/** A Sidecar of the root namespace is for every namespace that has none of its own. */
function concerns(sidecar: Source, { clients }: ExternalService, narrowed: ReadonlySet<string>): boolean {
  const namespace = namespaceOf(sidecar);
  if (clients === 'everyone' || clients.includes(namespace)) return true;
  const global = namespace === rootNamespace && specOf(sidecar).workloadSelector === undefined;
  return global && clients.some(client => !narrowed.has(client));
}

function imports(sidecar: Source, service: ExternalService, host: Host): boolean {
  const hosts = listOf(specOf(sidecar).egress).flatMap(listener => textsOf(fieldsOf(listener).hosts));
  return hosts.some(text => {
    const [scope = '', name = ''] = text.split('/');
    const inScope =
      scope === '*' || scope === service.namespace || (scope === '.' && namespaceOf(sidecar) === service.namespace);
    return inScope && (name === '*' || name.toLowerCase() === host.name || covers(name.toLowerCase(), host.name));
  });
}
