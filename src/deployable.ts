import type { Config } from './config.ts';
import type { Report, Where } from './diagnostics/report.ts';
import type { Generated } from './emit.ts';
import { leavesOf } from './k8s/list.ts';
import { describe, groupOf, idOf, type Resource } from './k8s/resource.ts';
import { fieldsOf } from './rules/foreign.ts';
import type { Slice } from './yaml/slice.ts';
import { parse, readings } from './yaml/source.ts';

/** Reports what Argo CD takes without a word, or with one that nobody understands: nothing at all, objects without a name, two of one name, our inputs. */
export function reportUndeployable(
  items: readonly (Slice | Generated)[],
  { allowEmpty, namespace, sources }: Config,
  report: Report,
): void {
  if (items.length === 0 && !allowEmpty) report.add('WO1414', undefined, {});
  const seen = new Map<string, Where>();
  for (const { where, value } of items.flatMap(item => objectsIn(item, report))) {
    // Nothing comes of `null`.
    if (value === null) continue;
    const identity = identityOf(value);
    const resource = named(identity, namespace);
    if (typeof resource === 'string') {
      report.add('WO1411', where, { what: resource });
      continue;
    }
    const first = seen.get(idOf(resource));
    const object = describe(resource);
    if (first !== undefined) report.add('WO1412', where, { object }, [{ words: 'first at', where: first }]);
    else seen.set(idOf(resource), where);
    if (sources === 'drop' && isInput(resource)) report.add('WO1413', where, { object });
  }
}

/** What tells one object from another, as far as the object says it. */
interface Identity {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly namespace?: string;
  /** Its name, or what the cluster makes one from. */
  readonly name?: string;
}

/** The objects of an item: those of a list, which Argo CD takes apart, or itself. What nobody can read is reported. */
function objectsIn(
  item: Slice | Generated,
  report: Report,
): readonly { readonly where: Where; readonly value: unknown }[] {
  if ('resource' in item) return [{ where: { source: item.from }, value: item.resource }];
  const { values } = readings(item);
  const value = values.length > 0 ? values[0] : (parse(item, report) ?? null);
  return leavesOf(value).map(each => ({ where: { slice: item }, value: each }));
}

function identityOf(value: unknown): Identity {
  const { apiVersion, kind, metadata } = fieldsOf(value);
  const { namespace, name, generateName } = fieldsOf(metadata);
  const words = { apiVersion, kind, namespace, name: name ?? generateName };
  return Object.fromEntries(Object.entries(words).filter(([, text]) => typeof text === 'string' && text !== ''));
}

/** An object as Argo CD knows it, in the namespace that it is put into; or what it lacks. */
function named({ apiVersion, kind, name, namespace }: Identity, fallback: string | undefined): Resource | string {
  if (apiVersion === undefined) return 'apiVersion';
  if (kind === undefined) return 'kind';
  if (name === undefined) return 'metadata.name';
  const place = namespace ?? fallback;
  return { apiVersion, kind, metadata: { name, ...(place !== undefined && { namespace: place }) } };
}

/** Whether an object is one that rendering takes out of the list. */
export const isInput = (resource: Resource): boolean =>
  groupOf(resource) === 'wayout.dev' ||
  (groupOf(resource) === 'networking.gloo.solo.io' && ['ExternalService', 'ExternalEndpoint'].includes(resource.kind));
