import { krm as runFunction } from '../commands/krm.ts';
import type { Declare } from './declare.ts';
import { exits } from './help.ts';

/** `wayout krm`; what a host calls in each build never comes here. */
export const krm: Declare = (program, run) =>
  program
    .command('krm')
    .summary('be a KRM function: a ResourceList on standard input, the rendered one on standard output')
    .description(
      'A KRM function, as kustomize and kpt call it: a ResourceList on standard input, the rendered one on standard output.',
    )
    .option('--validate', 'return no items, only fail on errors: for validators')
    .addHelpText('after', exits)
    .action(({ validate }: { validate?: boolean }) => run(io => runFunction({ validate: validate === true }, io)));
