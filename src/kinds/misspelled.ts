import { type Schema, schemaOf } from '#schemas';
import type { Path, Source } from '../diagnostics/report.ts';
import { at, type Draft, fieldName } from '../draft.ts';
import { isObject } from '../object.ts';
import { reportKeys } from '../object-keys.ts';
import { isExternalService } from '../resolve/destinations.ts';
import { nearest } from '../spelling.ts';

/**
 * Reports misspelled keys in Gloo documents that were not read as a whole, where they may be the reason for that: beside `spec`,
 * in what a policy applies to, and wherever a document speaks of external services. Others are not for wayout to judge.
 */
export function reportMisspelled(sources: readonly Source[], draft: Draft): void {
  for (const source of sources) {
    reportKeys(source, ['apiVersion', 'kind', 'metadata', 'spec', 'status'], draft.report);
    const { spec } = source.resource;
    const isOurs = speaksOfOurs(spec);
    const found = misspelledIn(spec, specSchema(source), []).filter(
      ({ path, meant }) => isOurs || `${path.length > 1 ? path[0] : meant}`.startsWith('applyTo'),
    );
    for (const { path, meant } of found) {
      const field = ['spec', ...path];
      draft.report.add('WO1202', at(source, ...field), { field: fieldName(field), meant });
      draft.incomplete = true;
    }
  }
}

interface Misspelled {
  readonly path: Path;
  readonly meant: string;
}

function misspelledIn(value: unknown, schema: Schema | undefined, path: Path): readonly Misspelled[] {
  if (Array.isArray(value))
    return value.flatMap((item, index) => misspelledIn(item, resolved(schema?.items), [...path, index]));
  if (!isObject(value)) return [];
  const properties = propertiesOf(schema);
  return Object.entries(value).flatMap(([key, inner]): readonly Misspelled[] => {
    const place = [...path, key];
    const known = properties[key] ?? schema?.additionalProperties;
    if (isObject(known)) return misspelledIn(inner, resolved(known), place);
    const meant = isExternalService(inner) ? 'kind' : nearest(key, Object.keys(properties));
    return meant === undefined ? [] : [{ path: place, meant }];
  });
}

const speaksOfOurs = (value: unknown): boolean =>
  typeof value === 'object' && value !== null ? Object.values(value).some(speaksOfOurs) : isExternalService(value);

/** The schema of a document's spec; of a kind that wayout does not translate what all policies have. */
function specSchema({ resource: { kind } }: Source): Schema | undefined {
  const name = kind.replace(/([a-z])(?=[A-Z])|([A-Z])(?=[A-Z][a-z])/g, '$1$2-').toLowerCase();
  const own = schemaOf(name);
  if (own !== undefined) return specOf(own);
  const applyTo = (
    [
      ['access-policy', 'applyToDestinations'],
      ['access-policy', 'applyToWorkloads'],
      ['retry-timeout-policy', 'applyToRoutes'],
      ['header-manipulation-policy', 'applyToRouteDestinations'],
    ] as const
  ).map(([policy, field]) => [field, propertiesOf(specOf(schemaOf(policy)))[field]]);
  return { properties: { ...Object.fromEntries(applyTo), applyToListeners: {} } };
}

const specOf = (schema: Schema): Schema | undefined => resolved(propertiesOf(schema).spec);

const propertiesOf = (schema: Schema | undefined): Schema => (isObject(schema?.properties) ? schema.properties : {});

/** A schema, or the one that it refers to. */
const resolved = (schema: unknown): Schema | undefined =>
  isObject(schema) ? (typeof schema.$ref === 'string' ? schemaOf(schema.$ref) : schema) : undefined;
