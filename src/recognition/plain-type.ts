import { isWord } from '../yaml/read-plain.ts';
import type { TypeMeta } from '../yaml/slice.ts';

/**
 * The `apiVersion` and `kind` of a document, where its text shows without a parser that every reader gives these; undefined
 * where it does not.
 *
 * A line in the column of the document's first key is no part of a nested value. So it is sure under these conditions:
 *
 * - Every line in that column, and none stands less deep, is a comment, a plain key, or a dash.
 * - One of them is `apiVersion: word` and one is `kind: word`, and the next line begins in the same column: nothing goes on.
 * - No other key differs from these two, or from `items`, in upper and lower case alone; the kind is that of no list.
 * - No line ends in a way that YAML 1.1 and 1.2 take differently.
 */
export function plainType(text: string): TypeMeta | undefined {
  const margin = /(?:^|\n)( *)[^ \r\n#]/.exec(text)?.[1]?.length;
  if (margin === undefined || oddBreak.test(text)) return undefined;
  const found = new Map<string, string>();
  const lines = new RegExp(`(?:^|\\n)( {0,${margin}})([^ \\r\\n#][^\\n]*)`, 'g');
  for (const { 0: whole, 1: spaces = '', 2: line = '', index } of text.matchAll(lines)) {
    if (spaces.length < margin) return undefined;
    const key = plainKey.exec(line)?.[1];
    if (key === undefined && !/^-[ \r]|^-$/.test(line)) return undefined;
    if (key === undefined || !/^(?:apiversion|kind|items)$/i.test(key)) continue;
    const word = /^(?:apiVersion|kind): ([A-Za-z][\w./-]*)\r?$/.exec(line)?.[1];
    if (word === undefined || isWord(word) || found.has(key) || goesOn(text, index + whole.length + 1, margin))
      return undefined;
    found.set(key, word);
  }
  const [apiVersion, kind] = [found.get('apiVersion'), found.get('kind')];
  return apiVersion === undefined || kind === undefined || /list$/i.test(kind) ? undefined : { apiVersion, kind };
}

const plainKey = /^([A-Za-z][\w./-]*):(?=[ \r]|$)/;

/** A line break of YAML 1.1 that is none in YAML 1.2, or a mark that some readers skip. */
const oddBreak = /\r(?!\n)|[\u0085\u2028\u2029\ufeff]/;

/** Whether the line at an offset may go on with the value above it: anything that does not begin in the margin. */
const goesOn = (text: string, start: number, margin: number): boolean =>
  start < text.length && !(text.startsWith(' '.repeat(margin), start) && /[^\s#]/.test(text.charAt(start + margin)));
