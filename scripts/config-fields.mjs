// Writes dist/config-fields.js from schemas/egress-config.json: the one table of options, for ConfigMaps, parameters and their documents.
import { mkdir, readFile, writeFile } from 'node:fs/promises';

const root = new URL('../', import.meta.url);
const { properties } = JSON.parse(await readFile(new URL('schemas/egress-config.json', root), 'utf8'));

const form = ({ type, enum: values } = {}) => (type === 'string' || values !== undefined ? 'text' : (type ?? 'value'));

const fields = Object.entries(properties.spec.properties).map(([name, field]) => ({
  name,
  form: form(field),
  entries: form(field.items ?? field.additionalProperties),
  ...(field.enum !== undefined && { values: field.enum }),
  ...(field.default !== undefined && { default: field.default }),
  ...(field['x-only'] !== undefined && { only: field['x-only'] }),
  description: field.description,
}));

await mkdir(new URL('dist/', root), { recursive: true });
await writeFile(
  new URL('dist/config-fields.js', root),
  `export const configFields = ${JSON.stringify(fields, undefined, 2)};\n`,
);
await writeFile(
  new URL('dist/config-fields.d.ts', root),
  `/** A field of EgressConfig, as its schema describes it. */
export interface ConfigField {
  readonly name: string;
  /** The type of its value; \`text\` where a text is the value itself, and no YAML. */
  readonly form: string;
  /** The same for the entries of a list or a mapping. */
  readonly entries: string;
  readonly values?: readonly string[];
  readonly default?: unknown;
  /** The one layer that may speak of it. */
  readonly only?: string;
  readonly description: string;
}

/** Every field of EgressConfig, in the order of its schema. */
export const configFields: readonly ConfigField[];
`,
);
