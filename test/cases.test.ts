import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { commandOf } from './command-of.ts';
import { compare, runIn } from './folder.ts';

// Each folder of test/cases is what a user could have written; command-of.ts says how it is run.
// output.yaml and diagnostics.txt are what comes out; UPDATE=1 rewrites them. A file that is not there means: nothing.
const cases = join(import.meta.dirname, '../../test/cases');

for (const name of readdirSync(cases).sort()) {
  test(`case ${name}`, async () => {
    const folder = join(cases, name);
    const { args, stdin, env } = commandOf(folder);
    const krm = existsSync(join(folder, 'input.krm.yaml'));
    const result = await runIn(folder, args, stdin, env);
    compare(join(folder, 'output.yaml'), result.stdout);
    compare(join(folder, 'diagnostics.txt'), result.stderr);
    const wrong = /(^|: )error[[:]|^\[error\]/m.test(result.stderr);
    assert.equal(result.code, wrong ? 1 : 0, 'an error, and only an error, ends with exit code 1');
    if (wrong && !krm) assert.equal(result.stdout, '', 'an error means no output');
  });
}
