import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { main } from '../src/command.ts';
import type { Io } from '../src/io/standard.ts';

/** What a command wrote, and its exit code. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line in a folder, as a user who stands there. */
export async function runIn(folder: string, args: readonly string[], stdin?: string, env?: Io['env']): Promise<Ran> {
  const before = process.cwd();
  process.chdir(folder);
  try {
    return await runOn(stdin === undefined ? new Uint8Array() : readFileSync(stdin), args, env);
  } finally {
    process.chdir(before);
  }
}

/** Runs a command line on the bytes of standard input. */
export async function runOn(stdin: Uint8Array, args: readonly string[], env: Io['env'] = {}): Promise<Ran> {
  let stdout = '';
  let stderr = '';
  const code = await main(args, {
    stdin: () => stdin,
    stdout: text => {
      stdout += text;
    },
    stderr: text => {
      stderr += text;
    },
    isTerminal: () => false,
    env,
    version: '0.0.0-test',
  });
  return { code, stdout, stderr };
}

/** Compares a file with what it should hold, nothing being no file; UPDATE=1 rewrites it first. */
export function compare(file: string, actual: string): void {
  if (process.env.UPDATE === '1') {
    if (actual === '') rmSync(file, { force: true });
    else writeFileSync(file, actual);
  }
  assert.equal(actual, existsSync(file) ? readFileSync(file, 'utf8') : '', file);
}
