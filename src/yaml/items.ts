import { Numbers } from './numbers.ts';
import type { Head } from './slice.ts';

/** Where the items of a block list begin, and what they say of themselves. */
export class Items {
  /** Where each begins, with the comments right above its dash. */
  readonly starts = new Numbers();
  /** The first item of each part: of neighbours that are surely of others, or one that may be ours. */
  readonly parts: number[] = [];
  /** Each head that was found once, its place among them, and of each item which one it is. */
  readonly #known: (Head | undefined)[] = [undefined];
  readonly #places = new Map<Head | undefined, number>([[undefined, 0]]);
  readonly #heads = new Numbers();
  #last = 0;
  #isOthers = false;

  get count(): number {
    return this.starts.length;
  }

  add(start: number, head: Head | undefined): void {
    const wereOthers = this.#isOthers;
    if (head !== this.#known[this.#last]) this.#change(head);
    if (!(wereOthers && this.#isOthers)) this.parts.push(this.count);
    this.starts.push(start);
    this.#heads.push(this.#last);
  }

  #change(head: Head | undefined): void {
    this.#last = this.#places.get(head) ?? this.#known.push(head) - 1;
    this.#places.set(head, this.#last);
    this.#isOthers = head?.isOurs === false;
  }

  headOf(index: number): Head | undefined {
    return this.#known[this.#heads.at(index) ?? 0];
  }

  /** Everything that the items from one to another say of themselves. */
  headsBetween(from: number, to: number): ReadonlySet<Head> {
    const found = new Set<number>();
    // Not by an iterator, which makes an object for each of them.
    this.#heads.between(from, to).forEach(place => {
      found.add(place);
    });
    return new Set([...found].flatMap(place => this.#known[place] ?? []));
  }
}
