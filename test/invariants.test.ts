import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parseAllDocuments } from 'yaml';
import type { Resource } from '../src/k8s/resource.ts';
import { invariants } from './invariants/index.ts';
import type { Output } from './invariants/output.ts';
import { holds } from './worlds/holds.ts';
import { rendered } from './worlds/rendered.ts';
import { tabledWorlds } from './worlds/tables.ts';
import { worlds } from './worlds.ts';

// What must hold for every output (reference: the invariants of Istio's egress), over each case, each example, and lists made at random.
const root = join(import.meta.dirname, '../..');

/** The objects in the YAML files below a folder. */
function objectsIn(path: string): readonly Resource[] {
  if (!existsSync(path)) return [];
  const file = path.endsWith('.yaml') || path.endsWith('.json');
  if (!file)
    return readdirSync(path, { recursive: true, encoding: 'utf8' })
      .filter(name => /\.(yaml|json)$/.test(name))
      .flatMap(name => objectsIn(join(path, name)));
  return parseAllDocuments(readFileSync(path, 'utf8'), { logLevel: 'silent' })
    .flatMap(document => {
      const value = document.toJS() ?? {};
      return value.kind === 'ResourceList' || value.kind === 'List' ? value.items : value;
    })
    .filter(object => typeof object?.metadata?.name === 'string');
}

/** Made by this render; what another list yielded earlier passes as it came. */
const isMade = ({ metadata }: Resource, inputs: readonly Resource[]) =>
  metadata?.labels?.['app.kubernetes.io/managed-by'] === 'wayout' &&
  inputs.some(
    input =>
      metadata.annotations?.['wayout.dev/source']?.startsWith(input.kind) &&
      metadata.annotations['wayout.dev/source'].endsWith(`/${input.metadata?.name}`),
  );

const problemsOf = (output: Output): readonly string[] =>
  invariants.flatMap(({ name, problems }) => problems(output).map(problem => `${name}\n    ${problem}`));

for (const name of readdirSync(join(root, 'test/cases')).sort()) {
  const folder = join(root, 'test/cases', name);
  if (!existsSync(join(folder, 'output.yaml'))) continue;
  test(`case ${name} holds every invariant`, () => {
    const inputs = ['input', 'input.yaml', 'input.krm.yaml', 'config.yaml'].flatMap(part =>
      objectsIn(join(folder, part)),
    );
    const generated = objectsIn(join(folder, 'output.yaml')).filter(object => isMade(object, inputs));
    assert.deepEqual(problemsOf({ generated, inputs }), []);
  });
}

const examples = join(root, 'kustomize-examples');

for (const file of existsSync(join(examples, 'rendered')) ? readdirSync(join(examples, 'rendered')).sort() : []) {
  test(`example ${file} holds every invariant`, () => {
    const folder = readdirSync(examples).find(name => file === `${name}.yaml`) ?? file.slice(0, file.indexOf('-'));
    const inputs = objectsIn(join(examples, folder));
    const generated = objectsIn(join(examples, 'rendered', file)).filter(object => isMade(object, inputs));
    assert.ok(generated.length > 0);
    assert.deepEqual(problemsOf({ generated, inputs }), []);
  });
}

test('lists made at random hold every invariant', () => {
  holds(worlds, world => assert.deepEqual(problemsOf(rendered(world)), []));
});

test('lists with route tables made at random hold every invariant', () => {
  holds(tabledWorlds, world => assert.deepEqual(problemsOf(rendered(world)), []));
});
