import { type Document, isAlias, isMap, isSeq, type Node } from 'yaml';
import type { Path } from '../diagnostics/report.ts';
import { treeOf } from './document.ts';
import { keyOf } from './key-of.ts';
import { inFile, type Position, positionAt, type Slice } from './slice.ts';

/** Where the file holds the value of a field, or the nearest parent of one that is missing. */
export function locate(slice: Slice, path: Path): Position {
  const document = treeOf(slice);
  const node = document && nearest(document, path);
  return inFile(slice, positionAt(slice.text, node?.range?.[0] ?? 0));
}

function nearest(document: Document.Parsed, path: Path): Node | undefined {
  let found: Node | undefined = document.contents ?? undefined;
  for (const key of path) {
    const parent = isAlias(found) ? found.resolve(document) : found;
    const child = isMap(parent)
      ? parent.items.find(pair => keyOf(pair.key, document) === String(key))?.value
      : isSeq(parent) && typeof key === 'number'
        ? parent.items[key]
        : undefined;
    // A parsed tree holds nodes only; the type allows plain values too.
    if (child === undefined || child === null) break;
    found = child as Node;
  }
  return found;
}
