import { isOurs } from '../groups.ts';
import type { Head } from './slice.ts';

/** How long the first two lines can be, in bytes: more than the longest names of a group and a kind. */
export const headLimit = 512;

/**
 * The first two lines of an item whose dash stands in a column, where they say `apiVersion` and `kind` plainly.
 *
 * The kind may go on where the third line stands deeper, and is then none that anyone asks for.
 */
export const headIn = (column: number): string =>
  `- apiVersion: (?:([\\w.-]+)/)?[\\w.-]+\\r?\\n {${column + 2}}kind: (\\w+)(?=\\r?\\n)`;

/** Gives each head as one object, so that thousands of items share a few. */
export function headReader(bytes: Buffer): {
  readonly words: (group: string | undefined, kind: string) => Head;
  /** Of an item whose text was cut off. */
  readonly lines: (dash: number, column: number) => Head | undefined;
} {
  const known = new Map<string, Head>();
  let last: Head = { group: '', kind: '', isOurs: false };
  const words = (group = '', kind: string): Head => {
    if (last.kind === kind && last.group === group) return last;
    const key = `${group}/${kind}`;
    last = known.get(key) ?? { group, kind, isOurs: isOurs(group) };
    known.set(key, last);
    return last;
  };
  return {
    words,
    lines(line, column) {
      const text = bytes.toString('latin1', line + column, Math.min(line + column + headLimit, bytes.length));
      const [, group, kind] = new RegExp(`^${headIn(column)}`).exec(text) ?? [];
      return kind === undefined ? undefined : words(group, kind);
    },
  };
}
