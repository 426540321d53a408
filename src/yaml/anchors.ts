import type { Cut, Range } from './cut.ts';

/**
 * Whether an alias may refer to an anchor outside its own item or entry; true in doubt, since a `&name` or `*name` may be text.
 *
 * Only where a name stands behind both marks is there a doubt, and only if one part has the alias and another the anchor.
 */
export function mayCross(text: string, { entries, items }: Pick<Cut, 'entries' | 'items'>): boolean {
  const anchors = marks(text, '&');
  if (anchors.length === 0) return false;
  const aliases = marks(text, '*');
  const parts = partFinder([...entries.filter(({ key }) => key !== 'items'), ...items]);
  const homes = new Map<string, number | undefined>();
  for (const { name, at } of anchors) {
    const part = parts(at);
    homes.set(name, homes.has(name) && homes.get(name) !== part ? undefined : part);
  }
  return aliases.some(({ name, at }) => homes.has(name) && homes.get(name) !== parts(at));
}

/** Every place where a mark and a name may be an anchor or an alias. */
function marks(text: string, mark: '&' | '*'): { readonly name: string; readonly at: number }[] {
  const found: { readonly name: string; readonly at: number }[] = [];
  const name = /[^\s,[\]{}]+/y;
  for (let at = text.indexOf(mark); at !== -1; at = text.indexOf(mark, at + 1)) {
    if (at > 0 && !' \t\r\n,[{:'.includes(text[at - 1] ?? '')) continue;
    name.lastIndex = at + 1;
    const word = name.exec(text)?.[0];
    if (word !== undefined) found.push({ name: word, at });
  }
  return found;
}

/** Finds the part in which an offset lies, by its start; undefined for an offset between parts. */
export function partFinder(ranges: readonly Range[]): (offset: number) => number | undefined {
  const sorted = [...ranges].sort((one, other) => one.start - other.start);
  return offset => {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle]?.start ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    const found = sorted[low - 1];
    return found !== undefined && offset < found.end ? found.start : undefined;
  };
}
