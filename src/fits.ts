import { type Schema, schemas } from '#schemas';

/** Whether a value surely fits a schema; false where it does not or may not, which the compiled validators then judge. */
export const fits = (value: unknown, schema: Schema): boolean =>
  Object.entries(schema).every(([keyword, wanted]) => checks[keyword]?.(value, wanted, schema) === true);

/** For each keyword, whether a value has what it asks for; a keyword that stands nowhere here is for the validators. */
const checks: Readonly<Record<string, (value: unknown, wanted: unknown, schema: Schema) => boolean>> = {
  $ref: (value, name) => fits(value, schemas[String(name)] ?? { unknown: name }),
  type: (value, name) => types[String(name)]?.(value) === true,
  const: (value, wanted) => value === wanted,
  enum: (value, wanted) => Array.isArray(wanted) && wanted.includes(value),
  pattern: (value, wanted) => typeof value === 'string' && new RegExp(String(wanted), 'u').test(value),
  minLength: (value, least) => typeof value === 'string' && [...value].length >= Number(least),
  maxLength: (value, most) => typeof value === 'string' && [...value].length <= Number(most),
  minimum: (value, least) => Number(value) >= Number(least),
  maximum: (value, most) => Number(value) <= Number(most),
  minItems: (value, least) => Array.isArray(value) && value.length >= Number(least),
  maxItems: (value, most) => Array.isArray(value) && value.length <= Number(most),
  minProperties: (value, least) => isObject(value) && Object.keys(value).length >= Number(least),
  required: (value, names) =>
    isObject(value) && Array.isArray(names) && names.every(name => Object.hasOwn(value, String(name))),
  items: (value, schema) => Array.isArray(value) && value.every(item => fits(item, schema as Schema)),
  properties: (value, known) =>
    isObject(value) &&
    Object.entries(known as Readonly<Record<string, Schema>>).every(
      ([name, schema]) => !Object.hasOwn(value, name) || fits(value[name], schema),
    ),
  additionalProperties: (value, others, { properties = {} }) =>
    isObject(value) &&
    Object.entries(value).every(
      ([name, item]) => Object.hasOwn(properties as object, name) || (others !== false && fits(item, others as Schema)),
    ),
};

const types: Readonly<Record<string, (value: unknown) => boolean>> = {
  object: value => isObject(value),
  array: value => Array.isArray(value),
  string: value => typeof value === 'string',
  boolean: value => typeof value === 'boolean',
  number: value => Number.isFinite(value),
  integer: value => Number.isInteger(value),
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
