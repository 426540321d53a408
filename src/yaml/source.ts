import { type Document, isAlias, isMap, isScalar, isSeq, type Node } from 'yaml';
import type { Path, Report } from '../diagnostics/report.ts';
import { readDocument, resolve, treeOf } from './document.ts';
import { inFile, type Position, positionAt, type Slice } from './slice.ts';

/** The value that a slice holds; undefined once a mistake in it was reported. */
export function parse(slice: Slice, report: Report): unknown {
  const document = readDocument(slice, report);
  return document && resolve(slice, document, report);
}

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
      ? parent.items.find(pair => isScalar(pair.key) && String(pair.key.value) === String(key))?.value
      : isSeq(parent) && typeof key === 'number'
        ? parent.items[key]
        : undefined;
    // A parsed tree holds nodes only; the type allows plain values too.
    if (child === undefined || child === null) break;
    found = child as Node;
  }
  return found;
}

/** What can hide a word from a search: an escaped character, or a line that ends inside a word. */
const escaped = /\\(?:[xuU/]|\r?\n)/;

/** Whether a slice may hold one of the words; never false for one that does, however it is written. */
export const mentions = ({ text }: Pick<Slice, 'text'>, words: readonly string[]): boolean =>
  words.some(word => text.includes(word)) || escaped.test(text);

/** Every word that follows a `kind:` key anywhere in a slice; found without a parse, so nested ones are among them. */
export function kindOf({ text }: Pick<Slice, 'text'>): ReadonlySet<string> {
  const kind = /\bkind["']?\s*:\s*(?:[!&]\S*\s+)*["']?([A-Za-z]\w*)/g;
  return new Set(Array.from(text.matchAll(kind), ([, word = '']) => word));
}
