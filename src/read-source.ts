import type { Report, Source } from './diagnostics/report.ts';
import { isOurs } from './groups.ts';
import { groupOf, type Resource } from './k8s/resource.ts';
import { isObject } from './object.ts';
import type { Slice } from './yaml/slice.ts';
import { parsed } from './yaml/source.ts';
import { reportYamlVersions } from './yaml-versions.ts';

/** An object, with every null left out as Kubernetes does, from its value if that is known; undefined for what is none, or was reported. */
export function readSource(slice: Slice, report: Report, known?: unknown): Source | undefined {
  const { value, isPlain } = known === undefined ? parsed(slice, report) : { value: known, isPlain: false };
  if (!isObject(value)) return undefined;
  const resource = withoutNulls(value);
  const { apiVersion, kind, metadata } = resource;
  if (typeof apiVersion !== 'string') return undefined;
  const ours = isOurs(groupOf({ apiVersion }));
  if (typeof kind !== 'string') {
    if (ours) report.add('WO1218', { slice }, { apiVersion, misspelled: undefined });
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
