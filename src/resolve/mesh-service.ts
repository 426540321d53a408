import type { Draft } from '../draft.ts';
import { fieldsOf, listOf, specOf } from '../rules/foreign.ts';

/** The host of a Service of the cluster, and its port; one that is in the list says which ports it has. */
export function meshService(
  name: string,
  namespace: string,
  port: { readonly number?: number; readonly name?: string } | undefined,
  { witnesses }: Draft,
): { readonly host: string; readonly port?: number } | { readonly problem: string } {
  const host = `${name}.${namespace}.svc.cluster.local`;
  if (port?.number !== undefined) return { host, port: port.number };
  const known = witnesses
    .of('', 'Service')
    .find(({ resource: { metadata } }) => metadata.name === name && metadata.namespace === namespace);
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
