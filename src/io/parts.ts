import type { Within } from '../yaml/slice.ts';

/** A piece of output: a text, or bytes that pass as they came. */
export type Part = string | Within;

/** How long a text may become before it is written. */
const limit = 1_000_000;

/** The same output in few pieces: texts together, every stretch of bytes with its last line ended. */
export function* merged(parts: Iterable<Part>): Generator<string | Buffer> {
  let text = '';
  for (const part of parts) {
    if (typeof part !== 'string' || text.length > limit) {
      yield text;
      text = '';
    }
    if (typeof part === 'string') text += part;
    else {
      yield part.bytes.subarray(part.start, part.end);
      if (part.bytes[part.end - 1] !== 0x0a) text = '\n';
    }
  }
  yield text;
}
