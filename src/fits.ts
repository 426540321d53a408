import { type Schema, schemaOf } from '#schemas';
import { isObject } from './object.ts';

/** Whether a value surely fits a schema; false where it does not or may not, which the compiled validators then judge. */
export function fits(value: unknown, schema: Schema): boolean {
  const known = checksOf.get(schema) ?? prepared(schema);
  return known.every(check => check(value));
}

type Check = (value: unknown) => boolean;

/** What each schema asks for, prepared when a value first meets it: thousands of objects have one schema. */
const checksOf = new WeakMap<Schema, readonly Check[]>();

function prepared(schema: Schema): readonly Check[] {
  const made = Object.entries(schema).map(([keyword, wanted]) => checks[keyword]?.(wanted, schema) ?? (() => false));
  checksOf.set(schema, made);
  return made;
}

/** For each keyword, what tells whether a value has what it asks for; a keyword that stands nowhere here is for the validators. */
const checks: Readonly<Record<string, (wanted: unknown, schema: Schema) => Check>> = {
  $ref: name => {
    const schema = schemaOf(String(name)) ?? { unknown: name };
    return value => fits(value, schema);
  },
  type: name => types[String(name)] ?? (() => false),
  const: wanted => value => value === wanted,
  enum: wanted => value => Array.isArray(wanted) && wanted.includes(value),
  pattern: wanted => {
    const pattern = new RegExp(String(wanted), 'u');
    return value => typeof value === 'string' && pattern.test(value);
  },
  minLength: least => value => typeof value === 'string' && [...value].length >= Number(least),
  maxLength: most => value => typeof value === 'string' && [...value].length <= Number(most),
  minimum: least => value => Number(value) >= Number(least),
  maximum: most => value => Number(value) <= Number(most),
  minItems: least => value => Array.isArray(value) && value.length >= Number(least),
  maxItems: most => value => Array.isArray(value) && value.length <= Number(most),
  minProperties: least => value => isObject(value) && Object.keys(value).length >= Number(least),
  required: names => value =>
    isObject(value) && Array.isArray(names) && names.every(name => Object.hasOwn(value, String(name))),
  items: schema => value => Array.isArray(value) && value.every(item => fits(item, schema as Schema)),
  properties: known => {
    const properties = Object.entries(known as Readonly<Record<string, Schema>>);
    return value =>
      isObject(value) && properties.every(([name, schema]) => !Object.hasOwn(value, name) || fits(value[name], schema));
  },
  additionalProperties:
    (others, { properties = {} }) =>
    value =>
      isObject(value) &&
      Object.keys(value).every(
        name => Object.hasOwn(properties as object, name) || (others !== false && fits(value[name], others as Schema)),
      ),
};

const types: Readonly<Record<string, Check>> = {
  object: value => isObject(value),
  array: value => Array.isArray(value),
  string: value => typeof value === 'string',
  boolean: value => typeof value === 'boolean',
  number: value => Number.isFinite(value),
  integer: value => Number.isInteger(value),
};
