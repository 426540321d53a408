import type { Items } from './items.ts';
import { lineCounter, type Run, type Slice, type TypeMeta, type Within } from './slice.ts';

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
  readonly type: TypeMeta | undefined;
  readonly run: Run | undefined;

  constructor(list: Listed, index: number, next = index + 1) {
    const { items, end } = list;
    this.list = list;
    this.index = index;
    this.start = items.starts.at(index) ?? 0;
    this.end = items.starts.at(next) ?? end;
    this.type = next === index + 1 ? items.typeOf(index) : undefined;
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
  let types: ReadonlySet<TypeMeta | undefined> | undefined;
  let items: readonly Slice[] | undefined;
  return {
    get types() {
      types ??= list.items.typesBetween(from, to);
      return types;
    },
    open() {
      items ??= Array.from({ length: to - from }, (_, place) => new Stretch(list, from + place));
      return items;
    },
    apart(isPassing) {
      const parts = list.items.partsBetween(from, to, isPassing);
      return parts.map((start, part) => new Stretch(list, start, parts[part + 1] ?? to));
    },
  };
}

/** The items of a list as one slice, if there are any; their lines, from the given one on, are counted when somebody asks for one. */
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
  return items.count === 0 ? [] : [new Stretch(list, 0, items.count)];
}
