/** Things by each of their keys, in their order. */
export function grouped<Item, Key>(
  items: Iterable<Item>,
  keysOf: (item: Item) => Iterable<Key>,
): ReadonlyMap<Key, readonly Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) add(groups, item, keysOf(item));
  return groups;
}

/** The same for lists that are asked again and again and only grow: each item is looked at once. */
export function indexed<Item, Key>(
  keysOf: (item: Item) => Iterable<Key>,
): (items: readonly Item[]) => ReadonlyMap<Key, readonly Item[]> {
  const indexes = new WeakMap<readonly Item[], { readonly groups: Map<Key, Item[]>; count: number }>();
  return items => {
    const index = indexes.get(items) ?? { groups: new Map<Key, Item[]>(), count: 0 };
    if (index.count === 0) indexes.set(items, index);
    for (const item of items.slice(index.count)) add(index.groups, item, keysOf(item));
    index.count = items.length;
    return index.groups;
  };
}

/** The place of each item of a list that only grows; each is looked at once. */
export function places(items: readonly object[]): ReadonlyMap<object, number> {
  const known = placesKnown.get(items) ?? new Map<object, number>();
  placesKnown.set(items, known);
  for (const item of items.slice(known.size)) known.set(item, known.size);
  return known;
}

const placesKnown = new WeakMap<readonly object[], Map<object, number>>();

function add<Item, Key>(groups: Map<Key, Item[]>, item: Item, keys: Iterable<Key>): void {
  for (const key of keys) {
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
}
