import { Option } from 'commander';
import { type CheckOptions, check as checkLive } from '../commands/check.ts';
import type { Declare } from './declare.ts';
import { exits, inputs } from './help.ts';
import { live } from './options.ts';

/** `wayout check --live`. */
export const check: Declare = (program, run) =>
  live(program.command('check'))
    .summary('check what is rendered against what runs in the cluster')
    .description(
      'Renders beside what runs in the cluster of the kubeconfig, changes nothing there, and says where the two do not agree.',
    )
    .argument('[DIR...]', 'folders, files, or - for standard input', ['.'])
    .option('--config <FILE>', 'a file with one EgressConfig, used as the functionConfig is')
    .addOption(
      new Option('--dry-run <where>', 'send what is rendered to the API server, for its verdict alone').choices([
        'server',
      ]),
    )
    .addOption(new Option('--fail-on <what>', 'exit with 1 also where the cluster has drifted').choices(['drift']))
    .addHelpText('after', `${inputs}\n${exits}`)
    .action((paths: string[], options: CheckOptions) => run(io => checkLive(paths, options, io)));
