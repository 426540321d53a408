import { isOurs } from '../groups.ts';
import { groupOf } from '../k8s/resource.ts';
import type { Head } from './slice.ts';

/** How long the first two lines can be, in bytes: more than the longest names of a group and a kind. */
export const headLimit = 512;

/**
 * The first two lines of an item whose dash stands in a column, where they say `apiVersion` and `kind` plainly.
 *
 * The kind may go on where the third line stands deeper, and is then none that anyone asks for.
 */
export const headIn = (column: number): string =>
  `- apiVersion: ([\\w./-]+)\\r?\\n {${column + 2}}kind: (\\w+)(?=\\r?\\n)`;

/** Gives each head as one object, so that thousands of items share a few. */
export function headReader(bytes: Buffer): {
  readonly words: (apiVersion: string, kind: string) => Head;
  /** Of an item whose text was cut off. */
  readonly lines: (dash: number, column: number) => Head | undefined;
} {
  const known = new Map<string, Head>();
  let last = { apiVersion: '', kind: '', head: { group: '', kind: '', isOurs: false } };
  const words = (apiVersion: string, kind: string): Head => {
    if (last.kind === kind && last.apiVersion === apiVersion) return last.head;
    const key = `${apiVersion} ${kind}`;
    const group = groupOf({ apiVersion });
    const head = known.get(key) ?? { group, kind, isOurs: isOurs(group) };
    known.set(key, head);
    last = { apiVersion, kind, head };
    return head;
  };
  return {
    words,
    lines(line, column) {
      const text = bytes.toString('latin1', line + column, Math.min(line + column + headLimit, bytes.length));
      const [, apiVersion = '', kind] = new RegExp(`^${headIn(column)}`).exec(text) ?? [];
      return kind === undefined ? undefined : words(apiVersion, kind);
    },
  };
}
