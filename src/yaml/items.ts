import { Numbers } from './numbers.ts';
import type { TypeMeta } from './slice.ts';

/** Where the items of a block list begin, and what they plainly say of themselves. */
export class Items {
  /** Where each begins, with the comments right above its dash. */
  readonly starts = new Numbers();
  /** Each type that was found once, its place among them, and of each item which one it has. */
  readonly #known: (TypeMeta | undefined)[] = [undefined];
  readonly #places = new Map<TypeMeta | undefined, number>([[undefined, 0]]);
  readonly #types = new Numbers();
  #last = 0;

  get count(): number {
    return this.starts.length;
  }

  add(start: number, type: TypeMeta | undefined): void {
    if (type !== this.#known[this.#last]) {
      this.#last = this.#places.get(type) ?? this.#known.push(type) - 1;
      this.#places.set(type, this.#last);
    }
    this.starts.push(start);
    this.#types.push(this.#last);
  }

  /** Takes back what an item seemed to say: the one at a place, or the last one. */
  doubt(index = this.count - 1): void {
    if (index >= 0) this.#types.set(index, 0);
  }

  /** The item in which an offset lies; -1 for one above them. */
  at(offset: number): number {
    let [low, high] = [0, this.count];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.starts.at(middle) ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  typeOf(index: number): TypeMeta | undefined {
    return this.#known[this.#types.at(index) ?? 0];
  }

  /** Everything that the items from one to another say of themselves; undefined among it where one says nothing plainly. */
  typesBetween(from: number, to: number): ReadonlySet<TypeMeta | undefined> {
    const found = new Set<number>();
    // Not by an iterator, which makes an object for each of them.
    this.#types.between(from, to).forEach(place => {
      found.add(place);
    });
    return new Set([...found].map(place => this.#known[place]));
  }

  /** The items from one to another in parts: neighbors of types that a test passes together, each other one alone. */
  partsBetween(from: number, to: number, isPassing: (type: TypeMeta) => boolean): readonly number[] {
    const passes = this.#known.map(type => type !== undefined && isPassing(type));
    const parts: number[] = [];
    let wasPassing = false;
    this.#types.between(from, to).forEach((place, index) => {
      const passing = passes[place] === true;
      if (!(passing && wasPassing)) parts.push(from + index);
      wasPassing = passing;
    });
    return parts;
  }
}
