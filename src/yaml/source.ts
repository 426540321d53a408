import type { Path, Report } from '../diagnostics/report.ts';
import { parser } from '../on-demand.ts';
import { parseJson } from './json.ts';
import { readPlain } from './read-plain.ts';
import type { Readings } from './readings.ts';
import { holds, type Position, type Slice, withoutDash } from './slice.ts';

/** The value that a slice holds, undefined once a mistake in it was reported; and whether every version of YAML surely reads it so. */
export function parsed(slice: Slice, report: Report): { readonly value: unknown; readonly isPlain: boolean } {
  const plain = readPlain(withoutDash(slice));
  return { value: plain ?? parser().parseSlice(slice, report), isPlain: plain !== undefined };
}

/** The value alone. */
export const parse = (slice: Slice, report: Report): unknown => parsed(slice, report).value;

/** What the readers of hosts and clusters make of a slice, whatever some of them refuse in it. */
export function readings(slice: Slice): Readings {
  const text = withoutDash(slice);
  const value = readPlain(text) ?? parseJson(text);
  return value === undefined
    ? parser().readingsOf(slice)
    : { values: [value], isPlain: true, isPartial: false, isDivided: false };
}

/** Where the file holds the value of a field, or the nearest parent of one that is missing. */
export const locate = (slice: Slice, path: Path): Position => parser().locate(slice, path);

/** What can hide a word from a search: an escaped character, a line that ends inside a word, a tag that some readers decode. */
const hiding = /\\(?:[xuU/]|\r?\n)|![^\s!]*(?:binary|%)/;

type Text = Pick<Slice, 'text' | 'within'>;

/** Whether a slice may hold one of the words as a value or a part of one; never false for one that does, however it is written. */
export const mentions = (slice: Text, words: readonly string[]): boolean =>
  words.some(word => holds(slice, word)) || (hasSigns(slice) && hiding.test(slice.text));

/** The same by a quicker look, which is true more often. */
export const mayMention = (slice: Text, words: readonly string[]): boolean =>
  words.some(word => holds(slice, word)) || hasSigns(slice);

/** Whether signs stand in a slice without which it hides nothing. */
const hasSigns = (slice: Text): boolean =>
  holds(slice, '\\') || (holds(slice, '!') && (holds(slice, 'binary') || holds(slice, '%')));
