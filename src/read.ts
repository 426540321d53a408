import type { Report, Source } from './diagnostics/report.ts';
import { isOurs } from './groups.ts';
import { groupOf, type Resource } from './k8s/resource.ts';
import { OpenedList } from './opened-list.ts';
import { isMarked, sourceIn } from './recognition/marks.ts';
import type { Witnesses } from './witnesses.ts';
import type { Slice, TypeMeta } from './yaml/slice.ts';

/** The list, sorted by what each object is to us; what stands in `slices` alone is foreign. */
export interface Reading {
  /** The list in its order; a list in it that holds an input or an object of an earlier render is taken apart. */
  readonly slices: readonly Slice[];
  /** Documents of Gloo's groups, in input order. */
  readonly gloo: readonly Source[];
  readonly configs: readonly Source[];
  /** Objects that an earlier render made. */
  readonly generated: readonly Source[];
  /** Every other object of some types, also of those in lists that pass as a whole; what cannot be read is reported. */
  foreign(isAsked: (type: TypeMeta) => boolean): readonly Source[];
  /** Everything else that rules look at, without the objects that this render replaces; what has no namespace goes to the given one. */
  witnesses(replaced: ReadonlySet<Source>, namespace: string | undefined): Witnesses;
}

/** Recognizes each object, reads those that are ours, and leaves the rest for the rules that ask for it. */
export function read(given: readonly Slice[], report: Report): Reading {
  const list = new OpenedList(given, report);
  const sources = list.ours();
  return {
    slices: list.slices,
    gloo: sources.filter(({ resource }) => isOurs(groupOf(resource)) && groupOf(resource) !== 'wayout.dev'),
    configs: sources.filter(({ resource }) => groupOf(resource) === 'wayout.dev'),
    generated: sources.filter(isGenerated),
    foreign: isAsked => list.objects(isAsked),
    witnesses: (replaced, namespace) => witnessesIn(list, replaced, namespace),
  };
}

/** Whether an object has the marks of an earlier render. */
export const isGenerated = ({ resource }: Pick<Source, 'resource'>): boolean => isMarked(resource);

/** The input that a generated object was made from: `ExternalService/shop/pay`. */
export const sourceOf = (metadata: Resource['metadata']): string | undefined => sourceIn({ metadata });

/** How generated objects name an object that they are made from. */
export const sourceId = ({ kind, metadata: { namespace, name } }: Resource): string =>
  [kind, namespace, name].filter(part => part !== undefined).join('/');

/** The external services that the objects of an earlier render name as their source and that are not among the inputs. */
export function renderedBefore(
  generated: readonly Source[],
  inputs: ReadonlySet<string>,
): readonly { readonly namespace: string; readonly name: string }[] {
  const gone = new Set(generated.flatMap(({ resource }) => sourceOf(resource.metadata) ?? []));
  return [...gone].flatMap(id => {
    const [kind, namespace = '', name = ''] = id.split('/');
    return kind === 'ExternalService' && !inputs.has(id) ? [{ namespace, name }] : [];
  });
}

/** An object with the namespace that it is put into where it names none. */
export function withNamespace(source: Source, namespace: string | undefined): Source {
  const { resource } = source;
  if (resource.metadata.namespace !== undefined || namespace === undefined) return source;
  return { ...source, resource: { ...resource, metadata: { ...resource.metadata, namespace } } };
}

const witnessesIn = (list: OpenedList, replaced: ReadonlySet<Source>, namespace: string | undefined): Witnesses => ({
  of: (group, kind) =>
    list
      .objects(type => type.kind === kind && groupOf(type) === group)
      .filter(found => !replaced.has(found))
      .map(found => withNamespace(found, namespace)),
});
