import { Worker } from 'node:worker_threads';
import type { Io } from './standard.ts';

/** Runs in a thread of its own: rendering keeps the main one busy, and no timer of that one would fire. */
const clock = `
const { writeSync } = require('node:fs');
const start = Date.now();
setInterval(() => writeSync(2, '\\rrendering … ' + Math.round((Date.now() - start) / 1000) + ' s'), 1000);
`;

/** Says on a terminal, once a second has passed, that work goes on; elsewhere nothing. `end` wipes it away. */
export function showProgress(io: Io): { readonly end: () => Promise<void> } {
  if (!io.isTerminal('stderr')) return { end: async () => {} };
  const start = Date.now();
  const worker = new Worker(clock, { eval: true });
  worker.unref();
  return {
    end: async () => {
      await worker.terminate();
      if (Date.now() - start >= 1000) io.stderr('\r\u001b[K');
    },
  };
}
