// Compiles schemas/*.json into dist/validators.js, so that no schema is compiled when wayout runs.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';

const root = new URL('../', import.meta.url);
const ajv = new Ajv({
  allErrors: true,
  allowUnionTypes: true,
  ownProperties: true,
  messages: false,
  verbose: true,
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
for (const [name, schema] of schemas) ajv.addSchema(schema, name);

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

await writeFile(
  new URL('dist/validators.d.ts', root),
  `/** The name of a schema in \`schemas/\`. */
export type SchemaName = ${names.map(name => `'${name}'`).join(' | ') || 'never'};

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
