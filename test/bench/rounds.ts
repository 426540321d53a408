/** The middle one of some values. */
export const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[values.length >> 1] ?? 0;

/** The same things in random order: whatever slows the machine for a while slows none of them more than the others. */
export const shuffled = <T>(things: readonly T[]): readonly T[] =>
  things
    .map(thing => ({ thing, key: Math.random() }))
    .sort((one, other) => one.key - other.key)
    .map(({ thing }) => thing);
