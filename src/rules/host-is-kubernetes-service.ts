import type { Rule } from './rule.ts';

/** Istio prefers a Kubernetes Service to a ServiceEntry of the same host. */
export const hostIsKubernetesService: Rule = ({ services, witnesses, report }) => {
  const hosts = services.flatMap(service => service.hosts.filter(({ name }) => name.endsWith('.svc.cluster.local')));
  if (hosts.length === 0) return;
  const known = new Map(
    witnesses.of('', 'Service').map(source => {
      const { name, namespace = 'default' } = source.resource.metadata;
      return [`${name}.${namespace}.svc.cluster.local`, source];
    }),
  );
  for (const host of hosts) {
    const source = known.get(host.name);
    if (source !== undefined) report.add('WO3004', host.origin, { host: host.name }, [{ words: 'the Service stands at', where: { source } }]);
  }
};
