import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { before, describe, test } from 'node:test';
import { build, copyExamples, flags, kustomize, needsKustomize, objectsOf, root, stdoutOf, wayout } from './tools.ts';

// Every folder with `sources` under it is an example: the folder runs the function, its sources are the plain overlay.
// kustomize-examples/rendered holds what kustomize prints, byte for byte; UPDATE=1 rewrites it.
const folder = join(root, 'kustomize-examples');
const expected = join(folder, 'rendered');
const fileOf = (name: string) => `${name.replaceAll('/', '-')}.yaml`;
const examples = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter(path => path.endsWith('sources/kustomization.yaml'))
  .map(path => dirname(dirname(path)))
  .sort();

test('each example has its expected output, and no other is there', () => {
  assert.ok(examples.length >= 5, examples.join(', '));
  assert.deepEqual(readdirSync(expected).sort(), examples.map(fileOf).sort());
});

for (const name of examples) {
  describe(`example ${name}`, needsKustomize, () => {
    const example = join(folder, name);
    let built: string;
    before(() => {
      built = stdoutOf(build(example));
    });

    test('builds to what is expected', () => {
      const file = join(expected, fileOf(name));
      if (process.env.UPDATE === '1') writeFileSync(file, built);
      assert.equal(built, existsSync(file) ? readFileSync(file, 'utf8') : '', file);
    });

    test('leaves no input behind, and no annotation of a host', () => {
      assert.equal(wayout(['check-expanded', '-'], built).status, 0);
      assert.doesNotMatch(built, /gloo\.solo\.io|config\.kubernetes\.io|config\.k8s\.io/);
    });

    test('gives the same objects where its sources are piped through wayout render', () => {
      const rendered = wayout(['render', '-'], stdoutOf(build(join(example, 'sources'), [])));
      assert.deepEqual(objectsOf(stdoutOf(rendered)), objectsOf(built));
    });

    test('gives the same bytes again, from any folder', () => {
      assert.equal(stdoutOf(build(example)), built);
      assert.equal(stdoutOf(kustomize(['build', ...flags, '.'], example)), built);
      assert.equal(stdoutOf(kustomize(['build', ...flags, relative('/', example)], '/')), built);
    });

    test('gives the same bytes from a path with spaces', () => {
      assert.equal(stdoutOf(build(join(copyExamples(), name))), built);
    });
  });
}

test('production differs from staging: other endpoints, other clients, failover', needsKustomize, () => {
  const [staging, production] = ['staging', 'production'].map(name =>
    stdoutOf(build(join(folder, 'environments', name))),
  );
  assert.match(staging ?? '', /address: 192\.0\.2\.60\n/);
  assert.match(production ?? '', /address: 198\.51\.100\.61\n[\s\S]*address: 203\.0\.113\.61\n/);
  assert.deepEqual(
    [staging, production].map(text => /outlierDetection/.test(text ?? '')),
    [false, true],
  );
  assert.deepEqual(
    [staging, production].map(text => /- (sandbox|checkout)\n/.exec(text ?? '')?.[1]),
    ['sandbox', 'checkout'],
  );
});
