import { type Head, lineCounter, type Slice, type Within } from './slice.ts';

/** Where the items of a block list of bytes begin, each at the end of the one before it, and what they say of themselves. */
interface Starts {
  readonly bytes: Buffer;
  readonly starts: readonly number[];
  /** Where the last item ends. */
  readonly end: number;
  readonly heads: readonly (Head | undefined)[];
  /** The number of the line that the bytes begin with. */
  readonly firstLine: number;
}

/** An item of such a list. A class, since a list may have tens of thousands: each is a number until somebody asks for more. */
export class Stretch implements Slice, Within {
  readonly form = 'block';
  readonly column = 1;
  readonly index: number;
  readonly list: Starts & { readonly lines: () => readonly number[] };

  constructor(list: Starts & { readonly lines: () => readonly number[] }, index: number) {
    this.list = list;
    this.index = index;
  }

  get bytes(): Buffer {
    return this.list.bytes;
  }

  get start(): number {
    return this.list.starts[this.index] ?? 0;
  }

  get end(): number {
    return this.list.starts[this.index + 1] ?? this.list.end;
  }

  get head(): Head | undefined {
    return this.list.heads[this.index];
  }

  get line(): number {
    return this.list.lines()[this.index] ?? 1;
  }

  get within(): Within {
    return this;
  }

  get text(): string {
    return this.bytes.toString('utf8', this.start, this.end);
  }
}

/** The items of a list; their lines are counted when somebody asks for one. */
export function stretches(starts: Starts): readonly Stretch[] {
  let known: readonly number[] | undefined;
  const lines = (): readonly number[] => {
    const counter = lineCounter(starts.bytes);
    known ??= starts.starts.map(start => starts.firstLine - 1 + counter(start).line);
    return known;
  };
  const list = { ...starts, lines };
  return starts.starts.map((_, index) => new Stretch(list, index));
}

/** More than the longest names of a group and a kind. */
const limit = 512;

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
  let last: Head = { group: '', kind: '' };
  const words = (group = '', kind: string): Head => {
    if (last.kind === kind && last.group === group) return last;
    const key = `${group}/${kind}`;
    last = known.get(key) ?? { group, kind };
    known.set(key, last);
    return last;
  };
  return {
    words,
    lines(line, column) {
      const text = bytes.toString('latin1', line + column, Math.min(line + column + limit, bytes.length));
      const [, group, kind] = new RegExp(`^${headIn(column)}`).exec(text) ?? [];
      return kind === undefined ? undefined : words(group, kind);
    },
  };
}
