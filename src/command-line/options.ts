import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Format } from '../commands/render.ts';

/** How to write diagnostics. */
export const formats: readonly Format[] = ['text', 'json'];

/** `--format`, for what is written on standard error. */
export const format = (): Option =>
  new Option('--format <format>', 'how to write what was found, on standard error').choices(formats).default('text');

/** The options by which a command reaches a cluster. */
export const live = (command: Command): Command =>
  command
    .requiredOption('--live', 'ask the cluster')
    .option('--context <NAME>', 'a context of the kubeconfig; otherwise the current one')
    .option('--istio-namespace <NAME>', 'where istiod runs', 'istio-system')
    .option('--timeout <SECONDS>', 'how long one answer of the API server may take', seconds, 30)
    .addOption(format());

function seconds(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= 3600)) throw new InvalidArgumentError('It is a number of seconds, up to 3600.');
  return value;
}
