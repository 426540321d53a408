import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { copyExamples, environment, kustomize, needsKustomize, root, stdoutOf, wayout } from './tools.ts';

const generate = (folder: string) =>
  spawnSync(join(root, 'plugin/wayout'), ['generate', folder], { env: environment, encoding: 'utf8' });

test('wayout generate makes of a kustomization what kustomize piped into wayout makes', needsKustomize, () => {
  const sources = join(copyExamples(), 'egress-gateway/sources');
  const piped = wayout(['generate', '-'], stdoutOf(kustomize(['build', sources])));
  assert.equal(stdoutOf(generate(sources)), stdoutOf(piped));
});

test('wayout generate says in one line what kustomize says (WO1408)', needsKustomize, () => {
  const sources = join(copyExamples(), 'egress-gateway/sources');
  appendFileSync(join(sources, 'kustomization.yaml'), '- nowhere.yaml\n');
  const { status, stdout, stderr } = generate(sources);
  assert.deepEqual([status, stdout], [1, '']);
  assert.match(stderr, /^\S.*egress-gateway\/sources: error: kustomize build failed: .*nowhere\.yaml.* \(WO1408\)\n$/);
});

test('wayout generate runs no function, whatever a kustomization lists', needsKustomize, () => {
  const examples = copyExamples();
  const { status, stderr } = generate(join(examples, 'direct'));
  assert.equal(status, 1);
  assert.match(stderr, /transformers\[0\]: .*point generate at \S.*direct\/sources, .* \(WO1409\)\n$/);
});
