import type { Source } from '../diagnostics/report.ts';
import type { Draft } from '../draft.ts';
import { indexed } from '../grouped.ts';
import { isLabel } from '../k8s/names.ts';
import { fieldsOf, fullHost, labelsOf, listOf, namespaceOf, specOf } from '../rules/foreign.ts';
import { named } from '../witnesses.ts';

/** The host of a Service of the cluster, and its port; one that is in the list says which ports it has. */
export function meshService(
  name: string,
  namespace: string,
  port: { readonly number?: number; readonly name?: string } | undefined,
  { witnesses }: Draft,
): { readonly host: string; readonly port?: number } | { readonly problem: string } {
  const strange = [name, namespace].find(each => !isLabel(each));
  if (strange !== undefined) return { problem: `"${strange}" is no name that a Service or a namespace can have` };
  const host = `${name}.${namespace}.svc.cluster.local`;
  if (port?.number !== undefined) return { host, port: port.number };
  const known = named(witnesses, '', 'Service', { namespace, name });
  if (known === undefined)
    return port === undefined
      ? { host }
      : { problem: `Service ${namespace}/${name} is not in the list, so its port names are unknown` };
  const ports = listOf(specOf(known).ports).map(each => fieldsOf(each));
  const [found, other] = ports.filter(each => port === undefined || each.name === port.name);
  const number = found?.port;
  if (typeof number !== 'number' || other !== undefined)
    return { problem: `Service ${namespace}/${name} has ${other === undefined ? 'no such port' : 'several ports'}` };
  return { host, port: number };
}

const byHost = indexed((rule: Source) => [fullHost(String(specOf(rule).host ?? ''), namespaceOf(rule))]);

/** The subset with just these labels that a DestinationRule of the list has for a host. */
export function subsetOfHost(
  host: string,
  labels: Readonly<Record<string, string>>,
  { witnesses }: Draft,
): string | undefined {
  const wanted = Object.entries(labels).sort().join();
  const rules = byHost(witnesses.of('networking.istio.io', 'DestinationRule')).get(host) ?? [];
  const subsets = rules.flatMap(rule => listOf(specOf(rule).subsets).map(fieldsOf));
  const found = subsets.find(subset => Object.entries(labelsOf(subset.labels)).sort().join() === wanted);
  return typeof found?.name === 'string' ? found.name : undefined;
}
