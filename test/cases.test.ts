import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { main } from '../src/command.ts';

// Each folder of test/cases is what a user could have written: input.yaml or input/, or input.krm.yaml for a KRM host, and config.yaml.
// output.yaml and diagnostics.txt are what comes out; UPDATE=1 rewrites them. A file that is not there means: nothing.
const cases = join(import.meta.dirname, '../../test/cases');

for (const name of readdirSync(cases).sort()) {
  test(`case ${name}`, async () => {
    const folder = join(cases, name);
    const krm = existsSync(join(folder, 'input.krm.yaml'));
    const result = await run(folder, krm);
    compare(join(folder, 'output.yaml'), result.stdout);
    compare(join(folder, 'diagnostics.txt'), result.stderr);
    const wrong = /(^|: )error\[|^\[error\]/m.test(result.stderr);
    assert.equal(result.code, wrong ? 1 : 0, 'an error, and only an error, ends with exit code 1');
    if (wrong && !krm) assert.equal(result.stdout, '', 'an error means no output');
  });
}

async function run(folder: string, krm: boolean) {
  const before = process.cwd();
  process.chdir(folder);
  try {
    const written = { stdout: '', stderr: '' };
    const input = existsSync('input') ? 'input' : 'input.yaml';
    const args = krm ? ['krm'] : ['render', input, ...(existsSync('config.yaml') ? ['--config', 'config.yaml'] : [])];
    const code = await main(args, {
      stdin: () => readFileSync('input.krm.yaml'),
      stdout: text => {
        written.stdout += text;
      },
      stderr: text => {
        written.stderr += text;
      },
      isTerminal: () => false,
      env: {},
      version: '0.0.0',
    });
    return { code, ...written };
  } finally {
    process.chdir(before);
  }
}

function compare(file: string, actual: string): void {
  if (process.env.UPDATE === '1') {
    if (actual === '') rmSync(file, { force: true });
    else writeFileSync(file, actual);
  }
  assert.equal(actual, existsSync(file) ? readFileSync(file, 'utf8') : '', file);
}
