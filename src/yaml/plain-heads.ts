import { isWord } from './read-plain.ts';
import type { TypeMeta } from './slice.ts';

/** How long the first lines of an item can be, in bytes: more than the longest names of a group and a kind. */
const limit = 512;

/**
 * The first two lines of an item whose dash stands in a column, where they say `apiVersion` and `kind` plainly; the line
 * below begins with a key of the item or less deep, so that nothing goes on.
 */
export const plainHead = (column: number): string =>
  `- apiVersion: ([A-Za-z][\\w./-]*\\r?\\n {${column + 2}}kind: [A-Za-z]\\w*)(?=\\r?\\n(?: {0,${column}}[^ \\r\\n]| {${column + 2}}[^ \\r\\n#]))`;

/**
 * A line in the column of an item's keys that may take back what the first two have said: anything but a comment, a dash
 * and a plain key other than `apiVersion`, `kind` and `items` in upper or lower case.
 */
export const oddLine = (column: number): string =>
  ` {${column + 2}}(?![#]|-[ \\r\\n]|(?!(?:${reserved})[:"'\\s])[A-Za-z][\\w./-]*:[ \\r\\n])[^ \\r\\n]`;

const anyCase = (word: string): string => [...word].map(letter => `[${letter}${letter.toUpperCase()}]`).join('');
const reserved = ['apiversion', 'kind', 'items'].map(anyCase).join('|');

/** Gives the type that each plain head says as one object, so that thousands of items share a few. */
export function headReader(bytes: Buffer): {
  /** Of what those lines say, from the group on; undefined where a reader may take one of the two for no text. */
  readonly read: (lines: string) => TypeMeta | undefined;
  /** Of an item whose text was cut off at a window's end, and where those lines end. */
  readonly at: (
    line: number,
    column: number,
  ) => { readonly type: TypeMeta | undefined; readonly end: number } | undefined;
} {
  const known = new Map<string, TypeMeta>();
  let last = '';
  let type: TypeMeta | undefined;
  const read = (lines: string): TypeMeta | undefined => {
    if (lines === last) return type;
    last = lines;
    const [apiVersion = '', kind = ''] = lines.split(/\r?\n *kind: /);
    type = isWord(apiVersion) || isWord(kind) ? undefined : typeOf(apiVersion, kind);
    return type;
  };
  const typeOf = (apiVersion: string, kind: string): TypeMeta => {
    const id = `${apiVersion} ${kind}`;
    const found = known.get(id) ?? { apiVersion, kind };
    known.set(id, found);
    return found;
  };
  return {
    read,
    at(line, column) {
      const end = Math.min(line + column + limit, bytes.length);
      const text = bytes.toString('latin1', line + column, end);
      // Behind the last line nothing goes on.
      const closed = end < bytes.length ? text : `${text.endsWith('\n') ? text : `${text}\n`}-`;
      const [whole, lines] = new RegExp(`^${plainHead(column)}`).exec(closed) ?? [];
      return whole === undefined || lines === undefined
        ? undefined
        : { type: read(lines), end: line + column + whole.length };
    },
  };
}

/** Whether an item may have been cut off by the end of a window. */
export const isCutOff = (text: string, start: number): boolean => start + limit > text.length;
