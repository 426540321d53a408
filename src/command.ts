import { krm } from './commands/krm.ts';
import { printable } from './diagnostics/printable.ts';
import type { Io } from './io/standard.ts';
import { codeOf, reasonOf } from './io/system-error.ts';

/**
 * Runs one command line; the answer is the exit code:
 * 0 rendered · 1 the input is wrong · 2 the command line is wrong · 3 wayout itself failed · 4 a change opens egress, where asked.
 */
export async function main(args: readonly string[], io: Io): Promise<number> {
  try {
    // What a host calls in each build starts without all that serves people and files.
    if (args[0] === 'krm' && args.slice(1).every(arg => arg === '--validate')) {
      return krm({ validate: args.includes('--validate') }, io);
    }
    const { runProgram } = await import('./command-line/program.ts');
    return await runProgram(args, io);
  } catch (error) {
    // Files are dealt with where they are read; this is a standard stream that cannot be.
    io.stderr(codeOf(error) === '' ? bug(error, io) : `wayout: ${printable(reasonOf(error))}\n`);
    return 3;
  }
}

function bug(error: unknown, { env, version }: Io): string {
  const stack = error instanceof Error && env.WAYOUT_DEBUG !== undefined ? `${error.stack}\n` : '';
  return `wayout: internal error: ${printable(String(error))}
  this is a bug in wayout ${version}, not in your input: please report it with the input that shows it
  WAYOUT_DEBUG=1 shows where it happened
${stack}`;
}
