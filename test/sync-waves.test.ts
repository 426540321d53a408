import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { defaults } from '../src/options.ts';
import { inWave } from '../src/sync-waves.ts';

const cases = join(import.meta.dirname, '../../test/cases');

test('every kind that wayout makes has a wave', () => {
  const kinds = new Set<string>();
  for (const name of readdirSync(cases)) {
    const file = join(cases, name, 'output.yaml');
    const documents = existsSync(file) ? readFileSync(file, 'utf8').split(/^---\n/m) : [];
    for (const text of documents.filter(document => document.includes('managed-by: wayout')))
      for (const [, kind = ''] of text.matchAll(/^kind: (\w+)$/gm)) kinds.add(kind);
  }
  assert.ok(kinds.size >= 7, [...kinds].join());
  kinds.delete('ResourceList');
  for (const kind of kinds) {
    const resource = { apiVersion: 'v1', kind, metadata: { name: 'a' } };
    const { metadata } = inWave(resource, { ...defaults, syncWaves: true });
    assert.match(metadata.annotations?.['argocd.argoproj.io/sync-wave'] ?? '', /^-?[012]$/, kind);
    assert.equal(inWave(resource, defaults), resource);
  }
});
