import type { Source } from '../diagnostics/report.ts';
import { grouped } from '../grouped.ts';
import { isObject } from '../object.ts';
import type { Namespaces } from '../plan.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The fields of a value that may be anything: a witness has no schema. */
export const fieldsOf = (value: unknown): Fields => (isObject(value) ? value : {});

/** The spec of a witness. */
export const specOf = ({ resource }: Source): Fields => fieldsOf(resource.spec);

/** A list of a witness; what is no list is empty. */
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The texts in a list of a witness. */
export const textsOf = (value: unknown): readonly string[] => listOf(value).filter(item => typeof item === 'string');

/** The labels of a selector of a witness. */
export const labelsOf = (value: unknown): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(fieldsOf(value)).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );

/** The namespace of a witness; without one it is Kubernetes' default. */
export const namespaceOf = ({ resource }: Source): string => resource.metadata.namespace ?? 'default';

/** Where a networking object of Istio is seen: `exportTo`, everywhere if absent. */
export function exportedTo(source: Source): Namespaces {
  const exportTo = textsOf(specOf(source).exportTo);
  if (exportTo.length === 0 || exportTo.includes('*')) return 'everyone';
  return exportTo.filter(item => item !== '~').map(item => (item === '.' ? namespaceOf(source) : item));
}

/** Istio's default root namespace: what lies there without a selector is for the whole mesh. */
export const rootNamespace = 'istio-system';

/** ServiceEntries or VirtualServices by each of their hosts, in lower case. */
export const byHost = (sources: readonly Source[]): ReadonlyMap<string, readonly Source[]> =>
  grouped(sources, source => textsOf(specOf(source).hosts).map(name => name.toLowerCase()));

/** Istio completes a short name with the namespace of the object that says it. */
export const fullHost = (host: string, namespace: string): string =>
  host.includes('.') || host === '' ? host : `${host}.${namespace}.svc.cluster.local`;
