/** Gives the items of a list whose text begins with another, in the order of their texts; each list is sorted once. */
export function beginning<Item>(
  textOf: (item: Item) => string,
): (items: readonly Item[], start: string) => readonly Item[] {
  const known = new WeakMap<readonly Item[], readonly Item[]>();
  return (items, start) => {
    const sorted = known.get(items) ?? items.toSorted((one, other) => (textOf(one) < textOf(other) ? -1 : 1));
    known.set(items, sorted);
    const isBefore = (item: Item | undefined): boolean => item !== undefined && textOf(item) < start;
    let [from, to] = [0, sorted.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (isBefore(sorted[middle])) from = middle + 1;
      else to = middle;
    }
    const found: Item[] = [];
    for (let item = sorted[from]; item !== undefined && textOf(item).startsWith(start); item = sorted[from]) {
      found.push(item);
      from += 1;
    }
    return found;
  };
}
