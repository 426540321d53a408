import type { Report, Source } from './diagnostics/report.ts';
import { groups, isOurs } from './groups.ts';
import { groupOf, type Resource } from './k8s/resource.ts';
import { isObject } from './object.ts';
import type { Witnesses } from './witnesses.ts';
import { type Head, holds, type Slice } from './yaml/slice.ts';
import { kindOf, mentions, parsed } from './yaml/source.ts';
import { reportYamlVersions } from './yaml-versions.ts';

/** The list, sorted by what each object is to us; what stands in `slices` alone is foreign and was not parsed. */
export interface Reading {
  readonly slices: readonly Slice[];
  /** Documents of Gloo's groups, in input order. */
  readonly gloo: readonly Source[];
  readonly configs: readonly Source[];
  /** Objects that an earlier render made. */
  readonly generated: readonly Source[];
  /** Everything else that rules look at, without the objects that this render replaces; what has no namespace goes to the given one. */
  witnesses(replaced: ReadonlySet<Source>, namespace: string | undefined): Witnesses;
}

/** Parses what may be ours, and leaves the rest for the rules that ask for it. */
export function read(given: readonly Slice[], report: Report): Reading {
  const slices = given.flatMap(slice => (slice.run !== undefined && mayHoldOurs(slice) ? slice.run.open() : [slice]));
  const cache = new Map<Slice, Source | undefined>();
  const source = (slice: Slice): Source | undefined => {
    if (!cache.has(slice)) cache.set(slice, readSource(slice, report));
    return cache.get(slice);
  };
  const sources = slices.filter(mayBeOurs).flatMap(slice => source(slice) ?? []);
  return {
    slices,
    gloo: sources.filter(({ resource }) => groupOf(resource).endsWith('gloo.solo.io')),
    configs: sources.filter(({ resource }) => groupOf(resource) === 'wayout.dev'),
    generated: sources.filter(isGenerated),
    witnesses: (replaced, namespace) => witnessesIn(slices, source, replaced, namespace),
  };
}

/** Whether an item of a run may be an object that an earlier render marked. */
const mayHoldOurs = (slice: Slice): boolean => holds(slice, 'wayout.dev') || holds(slice, '\\');

/** Whether a slice may be an input, a configuration, or an object that an earlier render marked. */
function mayBeOurs(slice: Slice): boolean {
  if (slice.run !== undefined) return false;
  return (slice.head?.isOurs ?? true) ? mentions(slice, groups) : mentions(slice, ['wayout.dev']);
}

/** The objects in a slice that may be of a group and kind. */
function candidates(slice: Slice, group: string, kind: string): readonly Slice[] {
  const asked = (head: Head): boolean => head.kind === kind && head.group === group;
  if (slice.run !== undefined)
    return [...slice.run.heads].some(asked) ? slice.run.open().flatMap(item => candidates(item, group, kind)) : [];
  const isOne = slice.head === undefined ? holds(slice, kind) && kindOf(slice).has(kind) : asked(slice.head);
  return isOne ? [slice] : [];
}

/** An object, with every null left out as Kubernetes does; undefined for what is none, or was reported. */
export function readSource(slice: Slice, report: Report): Source | undefined {
  const { value, isPlain } = parsed(slice, report);
  if (!isObject(value)) return undefined;
  const resource = withoutNulls(value);
  const { apiVersion, kind, metadata } = resource;
  if (typeof apiVersion !== 'string') return undefined;
  const ours = isOurs(groupOf({ apiVersion }));
  if (typeof kind !== 'string') {
    if (ours) report.add('WO1218', { slice }, { apiVersion });
    return undefined;
  }
  if (isObject(metadata) && typeof metadata.name === 'string') {
    // Checked above and here; the compiler cannot see through the index.
    const source = { resource: resource as Resource, slice };
    if (ours && !isPlain) reportYamlVersions(source, report);
    return source;
  }
  if (ours) report.add('WO1215', { slice }, { kind });
  return undefined;
}

type Fields = Readonly<Record<string, unknown>>;

/** Kubernetes reads `ports: null` as no ports. Few objects hold a null, and one that holds none is itself. */
const withoutNulls = (value: Fields): Fields => (holdsNull(value) ? cleaned(value) : value);

const holdsNull = (value: unknown): boolean =>
  value === null || (typeof value === 'object' && Object.values(value).some(holdsNull));

function cleaned(value: Fields): Fields {
  const clean = (item: unknown): unknown =>
    Array.isArray(item) ? item.map(clean) : isObject(item) ? cleaned(item) : item;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => (item === null ? [] : [[key, clean(item)]])),
  );
}

/** Whether an object bears the marks of an earlier render. */
export const isGenerated = ({ resource: { metadata } }: Pick<Source, 'resource'>): boolean =>
  metadata.labels?.['app.kubernetes.io/managed-by'] === 'wayout' && sourceOf(metadata) !== undefined;

/** The input that a generated object was made from: `ExternalService/shop/pay`. */
export function sourceOf({ annotations }: Resource['metadata']): string | undefined {
  // Anything may stand in an object that is not ours.
  const source: unknown = annotations?.['wayout.dev/source'];
  return typeof source === 'string' ? source : undefined;
}

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

function witnessesIn(
  slices: readonly Slice[],
  source: (slice: Slice) => Source | undefined,
  replaced: ReadonlySet<Source>,
  namespace: string | undefined,
): Witnesses {
  return {
    of(group, kind) {
      return slices
        .flatMap(slice => candidates(slice, group, kind))
        .flatMap(slice => source(slice) ?? [])
        .filter(found => found.resource.kind === kind && groupOf(found.resource) === group && !replaced.has(found))
        .map(found => withNamespace(found, namespace));
    },
  };
}
