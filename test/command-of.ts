import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** How a case folder is run: the command line, the file that is standard input, and what Argo CD would set. */
export interface CaseCommand {
  readonly args: readonly string[];
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * The command of a folder of test/cases: input.yaml or input/, or input.krm.yaml for a KRM host, and config.yaml.
 *
 * parameters.json is what Argo CD has in an Application, environment.json what else it sets, platform.yaml what the platform's
 * owner says: with any of them it is wayout generate that runs.
 */
export function commandOf(folder: string): CaseCommand {
  const has = (file: string): boolean => existsSync(join(folder, file));
  if (has('input.krm.yaml')) return { args: ['krm'], stdin: 'input.krm.yaml' };
  const env = environmentOf(folder);
  const platform = has('platform.yaml') ? ['--platform', 'platform.yaml'] : [];
  const command = env === undefined && platform.length === 0 ? 'render' : 'generate';
  const config = has('config.yaml') ? ['--config', 'config.yaml'] : [];
  const input = has('input') ? 'input' : 'input.yaml';
  return { args: [command, input, ...config, ...platform], ...(env !== undefined && { env }) };
}

/** What Argo CD's sidecar would set; undefined for a case that is not about it. */
function environmentOf(folder: string): Readonly<Record<string, string>> | undefined {
  const [parameters, environment] = ['parameters.json', 'environment.json'].map(name => {
    const file = join(folder, name);
    return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  });
  if (parameters === undefined && environment === undefined) return undefined;
  return { ...JSON.parse(environment ?? '{}'), ...(parameters !== undefined && { ARGOCD_APP_PARAMETERS: parameters }) };
}
