import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { compare, type Ran, runIn } from './folder.ts';

// Each folder of test/cases is what a user could have written: input.yaml or input/, or input.krm.yaml for a KRM host, and config.yaml.
// parameters.json is what Argo CD has in an Application, environment.json what else it sets, platform.yaml what the platform's owner says:
// with any of them it is wayout generate that runs.
// output.yaml and diagnostics.txt are what comes out; UPDATE=1 rewrites them. A file that is not there means: nothing.
const cases = join(import.meta.dirname, '../../test/cases');

for (const name of readdirSync(cases).sort()) {
  test(`case ${name}`, async () => {
    const folder = join(cases, name);
    const krm = existsSync(join(folder, 'input.krm.yaml'));
    const result = await run(folder, krm);
    compare(join(folder, 'output.yaml'), result.stdout);
    compare(join(folder, 'diagnostics.txt'), result.stderr);
    const wrong = /(^|: )error[[:]|^\[error\]/m.test(result.stderr);
    assert.equal(result.code, wrong ? 1 : 0, 'an error, and only an error, ends with exit code 1');
    if (wrong && !krm) assert.equal(result.stdout, '', 'an error means no output');
  });
}

function run(folder: string, krm: boolean): Promise<Ran> {
  if (krm) return runIn(folder, ['krm'], 'input.krm.yaml');
  const input = existsSync(join(folder, 'input')) ? 'input' : 'input.yaml';
  const config = existsSync(join(folder, 'config.yaml')) ? ['--config', 'config.yaml'] : [];
  const environment = environmentOf(folder);
  const platform = existsSync(join(folder, 'platform.yaml')) ? ['--platform', 'platform.yaml'] : [];
  const command = environment === undefined && platform.length === 0 ? 'render' : 'generate';
  return runIn(folder, [command, input, ...config, ...platform], undefined, environment);
}

/** What Argo CD's sidecar would set; undefined for a case that is not about it. */
function environmentOf(folder: string): Record<string, string> | undefined {
  const [parameters, environment] = ['parameters.json', 'environment.json'].map(name => {
    const file = join(folder, name);
    return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  });
  if (parameters === undefined && environment === undefined) return undefined;
  return { ...JSON.parse(environment ?? '{}'), ...(parameters !== undefined && { ARGOCD_APP_PARAMETERS: parameters }) };
}
