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
  `- apiVersion: ([\\w./-]+\\r?\\n {${column + 2}}kind: \\w+)(?=\\r?\\n)`;

/** Gives each head as one object, so that thousands of items share a few. */
export function headReader(bytes: Buffer): {
  /** Of what those lines say, from the group on. */
  readonly read: (lines: string) => Head;
  /** Of an item whose text was cut off. */
  readonly at: (line: number, column: number) => Head | undefined;
} {
  const known = new Map<string, Head>();
  let last = '';
  let head: Head = { group: '', kind: '', isOurs: false };
  const read = (lines: string): Head => {
    if (lines === last) return head;
    last = lines;
    const [apiVersion = '', kind = ''] = lines.split(/\r?\n *kind: /);
    const group = groupOf({ apiVersion });
    const id = `${group}/${kind}`;
    head = known.get(id) ?? { group, kind, isOurs: isOurs(group) };
    known.set(id, head);
    return head;
  };
  return {
    read,
    at(line, column) {
      const text = bytes.toString('latin1', line + column, Math.min(line + column + headLimit, bytes.length));
      const lines = new RegExp(`^${headIn(column)}`).exec(text)?.[1];
      return lines === undefined ? undefined : read(lines);
    },
  };
}
