import type { Within } from '../yaml/slice.ts';

/** A piece of output: a text, or bytes that pass as they came. */
export type Part = string | Within;

/** How long a text may become before it is written. */
const limit = 1_000_000;

/** The same output in few pieces: texts together, and what stood side by side in the input as one. */
export function* merged(parts: Iterable<Part>): Generator<string | Buffer> {
  let text = '';
  let passing: { readonly bytes: Buffer; readonly start: number; end: number } | undefined;
  for (const part of parts) {
    if (typeof part !== 'string' && passing?.bytes === part.bytes && passing.end === part.start) {
      passing.end = part.end;
      continue;
    }
    if (passing !== undefined) yield passing.bytes.subarray(passing.start, passing.end);
    if (typeof part === 'string' && text.length < limit) text += part;
    else {
      yield text;
      text = typeof part === 'string' ? part : '';
    }
    passing = typeof part === 'string' ? undefined : { ...part };
  }
  if (passing !== undefined) yield passing.bytes.subarray(passing.start, passing.end);
  yield text;
}
