// Compiles schemas/*.json into dist/validators.js, so that no schema is compiled when wayout runs, and gathers them in dist/schemas.js
// for the short look that most inputs need. What several schemas say alike stands once in both.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';
import './config-fields.mjs';

const root = new URL('../', import.meta.url);
const ajv = new Ajv({
  allErrors: true,
  allowUnionTypes: true,
  ownProperties: true,
  messages: false,
  verbose: true,
  // One function for each shared schema, not a copy wherever it is used.
  inlineRefs: false,
  code: { source: true, esm: true },
});

const names = (await readdir(new URL('schemas/', root)))
  .filter(file => file.endsWith('.json'))
  .map(file => file.slice(0, -'.json'.length))
  .sort();

/** Every `x-…` keyword in a schema: notes to readers, which strict mode would refuse. */
const notes = value =>
  typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([key, inner]) => [...(key.startsWith('x-') ? [key] : []), ...notes(inner)]);

const known = new Set();
const schemas = new Map();
for (const name of names) {
  const schema = JSON.parse(await readFile(new URL(`schemas/${name}.json`, root), 'utf8'));
  for (const note of notes(schema)) known.add(note);
  schemas.set(name, schema);
}
for (const note of known) ajv.addKeyword(note);

/** How often each schema of an object or a list stands somewhere. */
const uses = new Map();
const count = value => {
  if (typeof value !== 'object' || value === null) return;
  const text = JSON.stringify(value);
  if (isShareable(value)) uses.set(text, (uses.get(text) ?? 0) + 1);
  // The parts of a schema that was seen before are shared with it.
  if ((uses.get(text) ?? 0) < 2) Object.values(value).forEach(count);
};
const isShareable = ({ type }) => type === 'object' || type === 'array';

/** The schemas that stand more than once, by the name under which the others refer to them. */
const shared = new Map();
const referring = (value, isWhole = false) => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(item => referring(item));
  const text = JSON.stringify(value);
  const inner = () => Object.fromEntries(Object.entries(value).map(([key, item]) => [key, referring(item)]));
  if (isWhole || !isShareable(value) || uses.get(text) < 2) return inner();
  if (!shared.has(text)) {
    const schema = inner();
    shared.set(text, { name: `shared${shared.size}`, schema });
  }
  return { $ref: shared.get(text).name };
};
for (const schema of schemas.values()) Object.values(schema).forEach(count);
const whole = [...schemas].map(([name, schema]) => [name, referring(schema, true)]);
const parts = [...shared.values()].map(({ name, schema }) => [name, schema]);
for (const [name, schema] of [...parts, ...whole]) ajv.addSchema(schema, name);

const compiled = names.map((name, index) => [`validatorOf${index}`, name]);
const table = compiled.map(([identifier, name]) => `  '${name}': ${identifier},`).join('\n');
await mkdir(new URL('dist/', root), { recursive: true });
await build({
  stdin: {
    contents: `${standalone.default(ajv, Object.fromEntries(compiled))}\nexport const validators = {\n${table}\n};\n`,
    resolveDir: fileURLToPath(root),
  },
  outfile: fileURLToPath(new URL('dist/validators.js', root)),
  bundle: true,
  format: 'esm',
  target: 'node20',
  legalComments: 'none',
  logLevel: 'warning',
});

/** A schema without what is written for its readers. */
const bare = schema =>
  Object.fromEntries(
    Object.entries(schema).flatMap(([key, value]) => {
      if (/^(?:\$schema|title|description|default|x-.*)$/.test(key)) return [];
      if (key === 'properties') return [[key, mapped(value)]];
      return [[key, (key === 'items' || key === 'additionalProperties') && value !== false ? bare(value) : value]];
    }),
  );
const mapped = schemas => Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, bare(schema)]));

const texts = Object.entries(mapped(Object.fromEntries([...parts, ...whole]))).map(
  ([name, schema]) => `  '${name}': ${JSON.stringify(JSON.stringify(schema))},\n`,
);
await writeFile(
  new URL('dist/schemas.js', root),
  `const texts = {\n${texts.join('')}};
const read = new Map();
export function schemaOf(name) {
  const known = read.get(name);
  if (known !== undefined || !Object.hasOwn(texts, name)) return known;
  const schema = JSON.parse(texts[name]);
  read.set(name, schema);
  return schema;
}
`,
);

await writeFile(
  new URL('dist/schemas.d.ts', root),
  `/** The name of a schema in \`schemas/\`. */
export type SchemaName = ${names.map(name => `'${name}'`).join(' | ') || 'never'};

/** A schema: its keywords and what each asks for; \`$ref\` names another one. */
export type Schema = Readonly<Record<string, unknown>>;

/** A schema by its name, or one that several of them share; read when it is first asked for. */
export function schemaOf(name: SchemaName): Schema;
export function schemaOf(name: string): Schema | undefined;
`,
);

await writeFile(
  new URL('dist/validators.d.ts', root),
  `import type { SchemaName } from '#schemas';

/** One rule of a schema that a value breaks. */
export interface Problem {
  readonly keyword: string;
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** The schema that the rule stands in. */
  readonly parentSchema?: Readonly<Record<string, unknown>>;
}

/** Answers whether a value fits a schema; \`errors\` then holds what it breaks. */
export interface Validator {
  (value: unknown): boolean;
  readonly errors?: readonly Problem[] | null;
}

/** A validator for each schema. */
export const validators: Readonly<Record<SchemaName, Validator>>;
`,
);
