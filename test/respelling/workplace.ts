import { spawn } from 'node:child_process';
import { closeSync, cpSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Ran, runIn } from '../folder.ts';
import type { Input } from './inputs.ts';

const wayout = join(import.meta.dirname, '../../../plugin/wayout');

/** A folder in which inputs are run one after the other; to be closed. */
export class Workplace {
  readonly #folder = mkdtempSync(join(tmpdir(), 'wayout-respelling-'));
  #last: string | undefined;

  /** Writes the files of an input into a folder and gives that folder. */
  write({ folder: from, files }: Input): string {
    const folder = join(this.#folder, 'input');
    if (from === undefined || this.#last !== from) {
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder);
      if (from !== undefined) cpSync(from, folder, { recursive: true });
    }
    this.#last = from;
    for (const [path, text] of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return folder;
  }

  /** Runs an input's command in this process. */
  run(input: Input): Promise<Ran> {
    const { args, stdin, env } = input.command;
    return runIn(this.write(input), args, stdin, env);
  }

  /** Runs it through the executable that users install. */
  async execute(input: Input): Promise<Ran> {
    const { args, stdin, env } = input.command;
    const cwd = this.write(input);
    const source = stdin === undefined ? 'ignore' : openSync(join(cwd, stdin), 'r');
    const child = spawn(process.execPath, [wayout, ...args], {
      cwd,
      stdio: [source, 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    });
    const written = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const)
      child[name]?.setEncoding('utf8').on('data', (text: string) => {
        written[name] += text;
      });
    const code = await new Promise<number>(resolve => child.on('close', status => resolve(status ?? -1)));
    if (typeof source === 'number') closeSync(source);
    return { code, ...written };
  }

  close(): void {
    rmSync(this.#folder, { recursive: true });
  }
}
