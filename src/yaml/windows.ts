import { nextLine } from './cut.ts';

/** How many bytes are looked at as one text: what V8 does not keep apart as large. */
const size = 32_768;

/** The bytes as texts of whole lines, each behind the end of the line above it, and where the first character of each would stand. */
export function* windows(bytes: Buffer): Generator<{ readonly text: string; readonly base: number }> {
  for (let start = 0; start < bytes.length; ) {
    const last = start + size < bytes.length ? bytes.lastIndexOf('\n', start + size) : bytes.length - 1;
    // A line that is longer than a text.
    const end = last >= start ? last + 1 : nextLine(bytes, start + size);
    const text = bytes.toString('latin1', Math.max(0, start - 1), end);
    yield { text: start === 0 ? `\n${text}` : text, base: start - 1 };
    start = end;
  }
}
