import { Worker } from 'node:worker_threads';
import type { Io } from './standard.ts';

/** Runs in a thread of its own: rendering keeps the main one busy, and no timer of that one would fire. */
const clock = `
const { writeSync } = require('node:fs');
const start = Date.now();
setInterval(() => writeSync(2, '\\rrendering … ' + Math.round((Date.now() - start) / 1000) + ' s'), 1000);
`;

/** Does a work; if it takes longer than a second, a terminal shows meanwhile that it goes on. */
export async function withProgress<T>(io: Io, work: () => Promise<T>): Promise<T> {
  if (!io.isTerminal('stderr')) return await work();
  const start = Date.now();
  const worker = new Worker(clock, { eval: true });
  try {
    return await work();
  } finally {
    await worker.terminate();
    if (Date.now() - start >= 1000) io.stderr('\r\u001b[K');
  }
}

/** Shows on a terminal what is being read and how far it has come; nothing elsewhere. */
export function counting(io: Io): { readonly show: (what: string, count: number) => void; readonly end: () => void } {
  const isShown = io.isTerminal('stderr');
  return {
    show: (what, count) => isShown && io.stderr(`\r\u001b[Kreading ${what}: ${count}`),
    end: () => isShown && io.stderr('\r\u001b[K'),
  };
}
