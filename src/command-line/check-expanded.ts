import { checkExpanded as check } from '../commands/check-expanded.ts';
import type { Format } from '../commands/render.ts';
import type { Declare } from './declare.ts';
import { exits, inputs } from './help.ts';
import { format } from './options.ts';

/** `wayout check-expanded`. */
export const checkExpanded: Declare = (program, run) =>
  program
    .command('check-expanded')
    .summary('fail if an input is still in a stream that was to be rendered')
    .description(`Fails if an external service, an external endpoint or an EgressConfig is still there.
kustomize build without --enable-exec skips the function and says nothing: pipe its output through this.`)
    .argument('<DIR...>', 'folders, files, or - for standard input')
    .addOption(format())
    .addHelpText('after', `${inputs}\n${exits}`)
    .action((paths: string[], options: { readonly format: Format }) => run(io => check(paths, options, io)));
