import type { Path, Report } from '../diagnostics/report.ts';
import { parser } from '../on-demand.ts';
import { readPlain } from './read-plain.ts';
import { holds, inAscii, type Position, type Slice, withoutDash } from './slice.ts';

/** The value that a slice holds, undefined once a mistake in it was reported; and whether every version of YAML surely reads it so. */
export function parsed(slice: Slice, report: Report): { readonly value: unknown; readonly isPlain: boolean } {
  const plain = readPlain(withoutDash(slice));
  return { value: plain ?? parser().parseSlice(slice, report), isPlain: plain !== undefined };
}

/** The value alone. */
export const parse = (slice: Slice, report: Report): unknown => parsed(slice, report).value;

/** Where the file holds the value of a field, or the nearest parent of one that is missing. */
export const locate = (slice: Slice, path: Path): Position => parser().locate(slice, path);

/** What can hide a word from a search: an escaped character, or a line that ends inside a word. */
const escaped = /\\(?:[xuU/]|\r?\n)/;

/** Whether a slice may hold one of the words; never false for one that does, however it is written. */
export const mentions = (slice: Pick<Slice, 'text' | 'within'>, words: readonly string[]): boolean =>
  words.some(word => holds(slice, word)) || (holds(slice, '\\') && escaped.test(slice.text));

/** Every word that follows a `kind:` key anywhere in a slice; found without a parse, so nested ones are among them. */
export function kindOf(slice: Pick<Slice, 'text' | 'within'>): ReadonlySet<string> {
  const kind = /\bkind["']?\s*:\s*(?:[!&]\S*\s+)*["']?([A-Za-z]\w*)/g;
  return new Set(Array.from(inAscii(slice).matchAll(kind), ([, word = '']) => word));
}
