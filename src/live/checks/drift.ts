import { isDeepStrictEqual } from 'node:util';
import { describe, groupOf, idOf, type Resource } from '../../k8s/resource.ts';
import { isGenerated, sourceOf } from '../../read.ts';
import { fieldsOf } from '../../rules/foreign.ts';
import { emittedKinds } from '../kinds.ts';
import type { Check } from './check.ts';

/** Each object that was rendered is in the cluster as it was rendered, and none that an earlier render made is left over. */
export const drift: Check = ({ rendered: { items, sources }, observed, report }) => {
  const live = new Map(
    emittedKinds.flatMap(({ apiVersion, kind }) =>
      observed.of(groupOf({ apiVersion }), kind).map(source => [idOf(source.resource), source] as const),
    ),
  );
  for (const item of items) {
    if (!('resource' in item)) continue;
    const { resource, from } = item;
    const object = describe(resource);
    const found = live.get(idOf(resource));
    live.delete(idOf(resource));
    if (found === undefined) {
      report.add('WO5141', { source: from }, { object });
      continue;
    }
    const fields = [...changes(resource.spec, found.resource.spec, 'spec'), ...lostMarks(resource, found.resource)];
    if (fields.length > 0) report.add('WO5142', { source: from }, { object, fields: shortened(fields) });
  }
  for (const source of live.values()) {
    const from = sourceOf(source.resource.metadata);
    if (isGenerated(source) && from !== undefined && sources.has(from))
      report.add('WO5143', { source }, { object: describe(source.resource), from });
  }
};

/** The fields in which two values differ, each as deep as both have it. */
function changes(wanted: unknown, found: unknown, path: string): readonly string[] {
  if (isDeepStrictEqual(wanted, found)) return [];
  const isOpen = [wanted, found].every(value => typeof value === 'object' && value !== null);
  if (!isOpen || Array.isArray(wanted) !== Array.isArray(found)) return [path];
  const [one, other] = [fieldsIn(wanted), fieldsIn(found)];
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].flatMap(key =>
    changes(one[key], other[key], Array.isArray(wanted) ? `${path}[${key}]` : `${path}.${key}`),
  );
}

const fieldsIn = (value: unknown): Readonly<Record<string, unknown>> =>
  Array.isArray(value) ? Object.fromEntries(value.entries()) : fieldsOf(value);

/** The label and the annotation by which wayout knows its own; Argo CD and others add theirs. */
const lostMarks = (wanted: Resource, found: Resource): readonly string[] =>
  (['labels', 'annotations'] as const).flatMap(field =>
    Object.entries(wanted.metadata[field] ?? {})
      .filter(([key, value]) => found.metadata[field]?.[key] !== value)
      .map(([key]) => `metadata.${field}["${key}"]`),
  );

const shortened = (fields: readonly string[]): string =>
  fields.length > 8 ? `${fields.slice(0, 8).join(', ')} and ${fields.length - 8} more` : fields.join(', ');
