/** Whole numbers below 2^32, appended one by one: kept outside of V8's heap, which would copy tens of thousands again and again. */
export class Numbers {
  length = 0;
  #kept = new Uint32Array(1024);

  push(number: number): void {
    if (this.length === this.#kept.length) {
      const more = new Uint32Array(this.length * 2);
      more.set(this.#kept);
      this.#kept = more;
    }
    this.#kept[this.length] = number;
    this.length += 1;
  }

  at(index: number): number | undefined {
    return index < this.length ? this.#kept[index] : undefined;
  }

  set(index: number, number: number): void {
    if (index < this.length) this.#kept[index] = number;
  }

  /** A view of those from one place to another. */
  between(from: number, to: number): Uint32Array {
    return this.#kept.subarray(from, Math.min(to, this.length));
  }
}
