import { Command, CommanderError } from 'commander';
import type { Io } from '../io/standard.ts';
import { check } from './check.ts';
import { checkExpanded } from './check-expanded.ts';
import { config } from './config.ts';
import type { Declare } from './declare.ts';
import { diff } from './diff.ts';
import { generate } from './generate.ts';
import { exits } from './help.ts';
import { krm } from './krm.ts';
import { render } from './render.ts';

/** Every command, in the order of the help. */
const commands: readonly Declare[] = [render, generate, krm, checkExpanded, diff, check, config];

/** Reads a command line as people type it, and runs what it names; the answer is the exit code. */
export async function runProgram(args: readonly string[], io: Io): Promise<number> {
  let exitCode = 0;
  const program = new Command('wayout')
    .description('Renders Gloo Mesh external services into plain Istio, without a control plane.')
    .version(io.version)
    .configureOutput({
      writeOut: io.stdout,
      writeErr: io.stderr,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .showHelpAfterError('(wayout --help shows what there is)')
    .addHelpText('after', exits)
    .exitOverride();
  for (const declare of commands) {
    declare(program, async work => {
      exitCode = await work(io);
    });
  }
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return usage(error);
  }
}

/** Help that was asked for is no mistake. */
const usage = ({ exitCode }: CommanderError): number => (exitCode === 0 ? 0 : 2);
