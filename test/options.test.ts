import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { defaults } from '../src/options.ts';

test('the schema of EgressConfig documents the defaults that hold', () => {
  const schema = JSON.parse(readFileSync(join(import.meta.dirname, '../../schemas/egress-config.json'), 'utf8'));
  const fields: Readonly<Record<string, { readonly default?: unknown }>> = schema.properties.spec.properties;
  const documented = Object.entries(fields).flatMap(([name, field]) =>
    'default' in field ? [[name, field.default]] : [],
  );
  assert.deepEqual(Object.fromEntries(documented), defaults);
});
