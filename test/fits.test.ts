import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { type SchemaName, schemaOf } from '#schemas';
import { validators } from '#validators';
import { Report } from '../src/diagnostics/report.ts';
import { fits } from '../src/fits.ts';
import { parse } from '../src/yaml/source.ts';
import { splitDocuments } from '../src/yaml/split.ts';

type Fields = Readonly<Record<string, unknown>>;

const cases = new URL('../../test/cases/', import.meta.url);

/** The objects of all cases that have a schema, by its name. */
async function inputs(): Promise<readonly { readonly schema: SchemaName; readonly object: Fields }[]> {
  const files = (await readdir(cases, { recursive: true })).filter(file => /(?:input|config)[^/]*\.yaml$/.test(file));
  const texts = await Promise.all(files.map(file => readFile(new URL(file, cases), 'utf8')));
  // The validators are the schemas of files, without those that they share.
  const names = Object.keys(validators) as SchemaName[];
  const silent = new Report();
  return texts
    .flatMap(text => splitDocuments(text, silent).map(slice => parse(slice, silent) as Fields | undefined))
    .flatMap(object => {
      const kind = String(object?.kind)
        .replace(/(?<=[a-z])(?=[A-Z])/g, '-')
        .toLowerCase();
      const schema = names.find(name => name === kind || name.replaceAll('-', '') === kind.replaceAll('-', ''));
      return schema === undefined || object === undefined ? [] : [{ schema, object }];
    });
}

const strange: readonly unknown[] = [
  null,
  0,
  -1,
  1.5,
  70_000,
  true,
  '',
  'x',
  '\u{1F600}'.repeat(40),
  {},
  { x: 1 },
  [],
  ['x', 'x'],
];

/** An object with one of its fields left out, replaced or joined by another, each in turn. */
function* mutants(value: unknown): Generator<unknown> {
  for (const other of strange) yield other;
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) for (const other of mutants(item)) yield value.with(index, other);
    return;
  }
  yield { ...value, unknown: 1 };
  for (const [key, item] of Object.entries(value)) {
    yield Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
    for (const other of mutants(item)) yield { ...value, [key]: other };
  }
}

test('the short look at an input says what its compiled schema says', async () => {
  const seen = new Set<SchemaName>();
  for (const { schema, object } of await inputs()) {
    seen.add(schema);
    for (const value of [object, ...mutants(object)]) {
      assert.equal(fits(value, schemaOf(schema)), validators[schema](value), `${schema} ${JSON.stringify(value)}`);
    }
  }
  assert.deepEqual([...seen].sort(), Object.keys(validators).sort());
});
