import type { Range } from './cut.ts';

/**
 * Whether an alias may refer to an anchor outside its own part, an item or an entry; true in doubt, since a `&name` or `*name` may be text.
 *
 * Only where a name stands behind both marks is there a doubt, and only if one part has the alias and another the anchor.
 */
export function mayCross(bytes: Buffer, parts: () => readonly Range[]): boolean {
  const anchors = marks(bytes, '&');
  if (anchors.length === 0) return false;
  const aliases = marks(bytes, '*');
  const part = partFinder(parts());
  const homes = new Map<string, number | undefined>();
  for (const { name, at } of anchors) {
    const home = part(at);
    homes.set(name, homes.has(name) && homes.get(name) !== home ? undefined : home);
  }
  return aliases.some(({ name, at }) => homes.has(name) && homes.get(name) !== part(at));
}

const before = Buffer.from(' \t\r\n,[{:');
const behind = Buffer.from(' \t\r\n,[]{}');

/** Every place where a mark and a name may be an anchor or an alias. */
function marks(bytes: Buffer, mark: '&' | '*'): { readonly name: string; readonly at: number }[] {
  const found: { readonly name: string; readonly at: number }[] = [];
  for (let at = bytes.indexOf(mark); at !== -1; at = bytes.indexOf(mark, at + 1)) {
    if (at > 0 && !before.includes(bytes[at - 1] ?? 0)) continue;
    let end = at + 1;
    while (end < bytes.length && !behind.includes(bytes[end] ?? 0)) end += 1;
    if (end > at + 1) found.push({ name: bytes.toString('latin1', at + 1, end), at });
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
