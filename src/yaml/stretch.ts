import type { Items } from './items.ts';
import { type Head, lineCounter, type Run, type Slice, type Within } from './slice.ts';

/** The items of a block list of bytes, each of which ends where the next one begins. */
interface Listed {
  readonly bytes: Buffer;
  readonly items: Items;
  /** Where the last item ends. */
  readonly end: number;
  /** The line of each item. */
  readonly lines: () => readonly number[];
  /** The last text that was asked for: whoever asks for one often asks again. */
  last: { readonly of: Stretch; readonly text: string } | undefined;
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

  constructor(list: Listed, index: number, next = index + 1) {
    const { items, end } = list;
    this.list = list;
    this.index = index;
    this.start = items.starts.at(index) ?? 0;
    this.end = items.starts.at(next) ?? end;
    this.head = next === index + 1 ? items.headOf(index) : undefined;
    this.run = next === index + 1 ? undefined : runOf(list, index, next);
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

function runOf(list: Listed, from: number, to: number): Run {
  let heads: ReadonlySet<Head> | undefined;
  let items: readonly Slice[] | undefined;
  return {
    get heads() {
      heads ??= list.items.headsBetween(from, to);
      return heads;
    },
    open() {
      items ??= Array.from({ length: to - from }, (_, place) => new Stretch(list, from + place));
      return items;
    },
  };
}

/** The items of a list, neighbours that are surely of others as one; their lines, from the given one on, are counted when somebody asks for one. */
export function stretches({
  bytes,
  items,
  end,
  firstLine,
}: Pick<Listed, 'bytes' | 'items' | 'end'> & { readonly firstLine: number }): readonly Stretch[] {
  let known: readonly number[] | undefined;
  const lines = (): readonly number[] => {
    const counter = lineCounter(bytes);
    known ??= Array.from(items.starts.between(0, items.count), start => firstLine - 1 + counter(start).line);
    return known;
  };
  const list: Listed = { bytes, items, end, lines, last: undefined };
  return items.parts.map((from, part) => new Stretch(list, from, items.parts[part + 1] ?? items.count));
}
