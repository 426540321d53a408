import { readSync, writeSync } from 'node:fs';
import { codeOf } from './system-error.ts';

/** Everything of the outside that a command may use, beside the files it is told to read or write. */
export interface Io {
  /** All of standard input. */
  readonly stdin: () => Uint8Array;
  readonly stdout: (part: string | Buffer) => void;
  readonly stderr: (text: string) => void;
  readonly isTerminal: (stream: 'stdout' | 'stderr') => boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly version: string;
}

/** The process's own streams: without Node's stream objects, where only a KRM host listens; they cost some milliseconds. */
export const standardIo = (env: Io['env'], version: string): Io => ({
  stdin: () => readAll(0),
  stdout: part => writeAll(1, part),
  stderr: text => writeAll(2, text),
  isTerminal: stream => process[stream].isTTY === true,
  env,
  version,
});

/** Half of what a pipe of Linux holds, in bytes: what is at its other end then works while we do. A list of 38 MB takes a quarter less time so. */
const chunk = 32_768;
const maximum = 2 ** 31;

/** Reads to the end into one buffer that grows in place, so that memory holds the input once. */
function readAll(descriptor: number): Uint8Array {
  const buffer = new ArrayBuffer(chunk, { maxByteLength: maximum });
  for (let length = 0; ; ) {
    if (buffer.byteLength - length < chunk) buffer.resize(Math.min(buffer.byteLength * 2, maximum));
    const free = new Uint8Array(buffer, length, Math.min(chunk, buffer.byteLength - length));
    const count = retry(() => readSync(descriptor, free));
    if (count === 0) return new Uint8Array(buffer, 0, length);
    length += count;
    // In the form of what the system says, since it is no bug of ours.
    if (length === maximum)
      throw Object.assign(new Error('EFBIG: standard input is longer than 2 GiB'), { code: 'EFBIG' });
  }
}

function writeAll(descriptor: number, part: string | Buffer): void {
  const bytes = typeof part === 'string' ? Buffer.from(part) : part;
  for (let written = 0; written < bytes.length; ) {
    try {
      written += retry(() => writeSync(descriptor, bytes, written, Math.min(chunk, bytes.length - written)));
    } catch (error) {
      // The reader has seen enough (`wayout render . | head`): that is no failure.
      if (codeOf(error) === 'EPIPE') return;
      throw error;
    }
  }
}

/** Waits and tries again where a pipe that does not block is empty or full at the moment. */
function retry(attempt: () => number): number {
  for (;;) {
    try {
      return attempt();
    } catch (error) {
      if (codeOf(error) === 'EOF') return 0;
      if (codeOf(error) !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

/** Whether to write colour: only to a terminal, and not where NO_COLOR is set. */
export const hasColour = ({ isTerminal, env }: Io, stream: 'stdout' | 'stderr'): boolean =>
  (env.NO_COLOR ?? '') === '' && isTerminal(stream);
