import { namespaceOf } from './foreign.ts';
import type { Rule } from './rule.ts';

/** Of one host Istio prefers what lies in the client's own namespace, then a Kubernetes Service to a ServiceEntry. */
export const hostIsKubernetesService: Rule = ({ services, witnesses, report }) => {
  const claims = services.flatMap(service =>
    service.hosts.flatMap(host => (host.name.endsWith('.svc.cluster.local') ? [{ service, host }] : [])),
  );
  if (claims.length === 0) return;
  const known = new Map(
    witnesses.of('', 'Service').map(source => {
      const { name, namespace = 'default' } = source.resource.metadata;
      return [`${name}.${namespace}.svc.cluster.local`, source];
    }),
  );
  for (const { service, host } of claims) {
    const source = known.get(host.name);
    if (source === undefined) continue;
    const who =
      service.namespace === namespaceOf(source)
        ? theServiceWins
        : `calls from ${service.namespace} go to this service instead, all others to the Kubernetes Service`;
    report.add('WO3004', host.origin, { host: host.name, who }, [
      { words: 'the Service stands at', where: { source } },
    ]);
  }
};

/** The endpoints of both are one list for a port that both call by one name. */
const theServiceWins =
  'it gets all calls; endpoints of this service are added to its pods where both name a port alike';
