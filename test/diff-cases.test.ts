import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import { compare, runIn } from './folder.ts';

// Each folder of test/diff-cases holds the two sides of a review: base.yaml or base/, head.yaml or head/.
// diff.txt, diff.md and diff.json are what comes out, diagnostics.txt what is said beside it; UPDATE=1 rewrites them.
const root = join(import.meta.dirname, '../..');
const cases = join(root, 'test/diff-cases');
const formats = { text: 'diff.txt', markdown: 'diff.md', json: 'diff.json' } as const;
const isReview = new Ajv({ allowUnionTypes: true }).compile(
  JSON.parse(readFileSync(join(root, 'docs/review.schema.json'), 'utf8')),
);

for (const name of readdirSync(cases).sort()) {
  test(`diff case ${name}`, async () => {
    const folder = join(cases, name);
    const sides = ['base', 'head'].map(side => (existsSync(join(folder, side)) ? side : `${side}.yaml`));
    for (const [format, file] of Object.entries(formats)) {
      const { code, stdout, stderr } = await runIn(folder, ['diff', ...sides, '--format', format]);
      compare(join(folder, file), stdout);
      // What each finding says more is shown in test/cases.
      compare(join(folder, 'diagnostics.txt'), stderr.replace(/^ {2}.*\n/gm, ''));
      assert.equal(code, stdout === '' ? 1 : 0, 'without a review, and only then, something is wrong');
      if (format !== 'json' || stdout === '') continue;
      const review: { readonly opens: boolean } = JSON.parse(stdout);
      assert.ok(isReview(review), JSON.stringify(isReview.errors));
      const gate = await runIn(folder, ['diff', ...sides, '--fail-on', 'opens']);
      assert.equal(gate.code, review.opens ? 4 : 0, 'the gate closes for what opens');
    }
  });
}
