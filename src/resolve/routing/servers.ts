import { covers } from '../../hosts.ts';
import { fieldsOf, listOf, namespaceOf, specOf, textsOf } from '../../rules/foreign.ts';
import type { Witnesses } from '../../witnesses.ts';

/** The servers of an Istio Gateway that take calls for a host to routes of a namespace; undefined for one that is not in the list. */
export function serversFor(
  reference: string,
  host: string,
  namespace: string,
  witnesses: Witnesses,
): readonly Readonly<Record<string, unknown>>[] | undefined {
  const gateway = witnesses
    .of('networking.istio.io', 'Gateway')
    .find(source => `${namespaceOf(source)}/${source.resource.metadata.name}` === reference);
  if (gateway === undefined) return undefined;
  const takes = (pattern: string): boolean => {
    const slash = pattern.indexOf('/');
    const scope = slash < 0 ? '*' : pattern.slice(0, slash);
    const served = pattern.slice(slash + 1).toLowerCase();
    const inScope = scope === '*' || scope === namespace || (scope === '.' && namespaceOf(gateway) === namespace);
    return inScope && (served === host || covers(served, host) || covers(host, served));
  };
  return listOf(specOf(gateway).servers)
    .map(fieldsOf)
    .filter(({ hosts }) => textsOf(hosts).some(takes));
}
