import type { Chance } from './chance.ts';
import type { Path, Place } from './places.ts';
import type { MapTree, ScalarTree, Tree } from './tree.ts';

/** One key of a document that is misspelled, or not there. */
export interface Slip {
  /** The keys and places from the document to the one that slipped. */
  readonly path: Path;
  /** What stands there instead; absent where the key and its value are not there. */
  readonly instead?: string;
}

/** A slip at a place: mostly a misspelling that is no other key there. */
export function slipAt({ path, known, mayBeMissing }: Place, chance: Chance): Slip {
  if (mayBeMissing && chance.percent(30)) return { path };
  const key = String(path.at(-1));
  for (;;) {
    const instead = misspelled(key, chance);
    if (instead !== '' && !known.includes(instead)) return { path, instead };
  }
}

function misspelled(key: string, chance: Chance): string {
  const at = chance.below(key.length);
  const [before, letter, behind] = [key.slice(0, at), key.slice(at, at + 1), key.slice(at + 1)];
  const other = String.fromCharCode(97 + chance.below(26));
  return chance.pick([
    before + behind,
    before + letter + letter + behind,
    before + other + behind,
    before + behind.slice(0, 1) + letter + behind.slice(1),
    key.toLowerCase(),
    key.toUpperCase(),
    key.slice(0, 1).toUpperCase() + key.slice(1),
    key.replace(/[A-Z]/g, upper => `_${upper.toLowerCase()}`),
    key.replace(/[A-Z]/g, upper => `-${upper.toLowerCase()}`),
    `${key}s`,
    `${key} `,
    ` ${key}`,
  ]);
}

/** A document with a slip. */
export function withSlip(tree: Tree, { path: [step, ...rest], instead }: Slip): Tree {
  if (tree.is === 'list')
    return {
      ...tree,
      items: tree.items.map((item, index) => (index === step ? withSlip(item, slipOf(rest, instead)) : item)),
    };
  if (tree.is !== 'map') return tree;
  const entries = tree.entries.flatMap(([key, value]): MapTree['entries'] => {
    if (String(key.value) !== step) return [[key, value]];
    if (rest.length > 0) return [[key, withSlip(value, slipOf(rest, instead))]];
    return instead === undefined ? [] : [[{ is: 'scalar', value: instead } satisfies ScalarTree, value]];
  });
  return { ...tree, entries };
}

const slipOf = (path: Path, instead: string | undefined): Slip => ({ path, ...(instead !== undefined && { instead }) });
