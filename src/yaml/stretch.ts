import { type Head, lineCounter, type Run, type Slice, type Within } from './slice.ts';

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

interface Listed extends Starts {
  /** The last text that was asked for: whoever asks for one often asks again. */
  last: { readonly of: Stretch; readonly text: string } | undefined;
  /** The line of each item. */
  readonly lines: () => readonly number[];
}

/** An item of such a list, or a run of them. A class, since a list may have tens of thousands: each is a few numbers until somebody asks for more. */
export class Stretch implements Slice, Within {
  readonly form = 'block';
  readonly column = 1;
  readonly list: Listed;
  readonly index: number;
  readonly start: number;
  readonly end: number;
  readonly head: Head | undefined;
  readonly run: Run | undefined;

  constructor(list: Listed, index: number, count = 1) {
    this.list = list;
    this.index = index;
    this.start = list.starts[index] ?? 0;
    this.end = list.starts[index + count] ?? list.end;
    this.head = count === 1 ? list.heads[index] : undefined;
    this.run = count === 1 ? undefined : runOf(list, index, count);
  }

  get bytes(): Buffer {
    return this.list.bytes;
  }

  get line(): number {
    return this.list.lines()[this.index] ?? 1;
  }

  get within(): Within {
    return this;
  }

  get text(): string {
    const { list } = this;
    if (list.last?.of !== this) list.last = { of: this, text: list.bytes.toString('utf8', this.start, this.end) };
    return list.last.text;
  }
}

function runOf(list: Listed, index: number, count: number): Run {
  let items: readonly Slice[] | undefined;
  return {
    heads: new Set(list.heads.slice(index, index + count).filter(head => head !== undefined)),
    open() {
      items ??= Array.from({ length: count }, (_, place) => new Stretch(list, index + place));
      return items;
    },
  };
}

/** The items of a list, neighbours that are surely of others as one; their lines are counted when somebody asks for one. */
export function stretches(starts: Starts): readonly Stretch[] {
  let known: readonly number[] | undefined;
  const lines = (): readonly number[] => {
    const counter = lineCounter(starts.bytes);
    known ??= starts.starts.map(start => starts.firstLine - 1 + counter(start).line);
    return known;
  };
  const list: Listed = { ...starts, lines, last: undefined };
  const { heads } = starts;
  const found: Stretch[] = [];
  for (let from = 0, to = 0; from < heads.length; from = to) {
    to = from + 1;
    if (isOthers(heads[from])) while (to < heads.length && isOthers(heads[to])) to += 1;
    found.push(new Stretch(list, from, to - from));
  }
  return found;
}

const isOthers = (head: Head | undefined): boolean => head?.isOurs === false;
