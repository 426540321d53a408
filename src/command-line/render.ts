import { type RenderOptions, renderFiles } from '../commands/render.ts';
import type { Declare } from './declare.ts';
import { exits, inputs } from './help.ts';
import { format } from './options.ts';

const outputs = `
Without --output, standard output gets every object: other people's as they
came, the inputs replaced by what they became. With --output, DIR gets a file
<namespace>-<kind>-<name>.yaml for each object that wayout made, and nothing
else: equal files are left alone, and so is every file that is not wayout's.`;

/** `wayout render`. */
export const render: Declare = (program, run) => {
  const command = program
    .command('render')
    .summary('render files and folders')
    .description('Renders files and folders.')
    .argument('<DIR...>', 'folders, files, or - for standard input')
    .option('--output <DIR>', 'write a file for each object that wayout made, instead of one stream')
    .option('--prune', 'with --output: remove the files of wayout that nothing yields any more')
    .option('--check', 'with --output: write nothing; show as a diff what is stale, and fail if anything is')
    .option('--config <FILE>', 'a file with one EgressConfig, used as the functionConfig is')
    .addOption(format())
    .addHelpText('after', `${inputs}\n${outputs}\n${exits}`)
    .action((paths: string[], options: RenderOptions) => {
      if (options.output === undefined && (options.prune === true || options.check === true))
        command.error(`error: --${options.prune === true ? 'prune' : 'check'} needs --output DIR`);
      return run(io => renderFiles(paths, options, io));
    });
};
