import { type Document, isAlias, isMap, isSeq, type Node, stringify, visit, YAMLMap } from 'yaml';
import type { Report } from '../diagnostics/report.ts';
import { partFinder } from './anchors.ts';
import type { Cut, Entry, Range } from './cut.ts';
import { asItem, indented } from './print.ts';
import { positionAt, type Slice } from './slice.ts';

/** How many nodes all aliases of a text may stand for: far more than a list repeats, far less than fills the memory. */
const expansionLimit = 50_000;

/** The same cut, in which every part that refers to an anchor outside itself has a text of its own, its aliases written out. */
export function expandCrossing(slice: Slice, document: Document.Parsed, cut: Cut, report: Report): Cut | undefined {
  const crossing = writeOutAliases(slice, document, cut, report);
  if (crossing === undefined) return undefined;
  if (crossing.size === 0) return cut;
  // The cut was made from this very tree.
  const map = document.contents as unknown as YAMLMap<Node, Node | null>;
  const value = map.items[cut.entries.findIndex(({ key }) => key === 'items')]?.value;
  const nodes = isSeq<Node>(value) ? value.items : [];
  const entryText = (index: number): string => {
    const part = new YAMLMap<Node, Node | null>();
    part.items = map.items.slice(index, index + 1);
    if (cut.outer === 'block') return indented(printNode(part), cut.margin);
    return inFlow(part)
      .trim()
      .replace(/^\{([\s\S]*)\}$/, '$1')
      .trim();
  };
  const itemText = (node: Node): string =>
    cut.form === 'block' ? asItem(printNode(node), cut.indent) : inFlow(node).trim();
  return {
    ...cut,
    entries: cut.entries.map(
      (entry, index): Entry =>
        crossing.has(entry.start) && entry.key !== 'items' ? { ...entry, text: entryText(index) } : entry,
    ),
    items: cut.items.map((item, index): Range => {
      const node = nodes[index];
      return crossing.has(item.start) && node !== undefined ? { ...item, text: itemText(node) } : item;
    }),
  };
}

/** Puts a copy of its value in place of each alias; the parts, by their start, that could not stand alone before. */
function writeOutAliases(
  slice: Slice,
  document: Document.Parsed,
  cut: Cut,
  report: Report,
): ReadonlySet<number> | undefined {
  const part = partFinder([...cut.entries.filter(({ key }) => key !== 'items'), ...cut.items]);
  const anchors = new Map<string, Node>();
  const crossing = new Set<number>();
  let written = 0;
  const copies: { readonly alias: number; readonly from: number }[] = [];
  visit(document, {
    Node(_, node) {
      if (!isAlias(node)) {
        if (node.anchor !== undefined) anchors.set(node.anchor, node);
        return undefined;
      }
      const offset = node.range?.[0] ?? 0;
      const target = anchors.get(node.source);
      // Reading has made sure of the anchor.
      if (target === undefined) return undefined;
      const copy = target.clone() as Node;
      Object.assign(copy, { comment: node.comment, commentBefore: node.commentBefore, spaceBefore: node.spaceBefore });
      written += removeAnchors(copy);
      if (written > expansionLimit) {
        report.add('WO1007', { slice, position: positionAt(slice.text, offset) }, { alias: node.source });
        return visit.BREAK;
      }
      copies.push({ alias: offset, from: target.range?.[0] ?? 0 });
      return copy;
    },
  });
  if (written > expansionLimit) return undefined;
  for (const { alias, from } of copies) {
    const home = part(alias);
    if (home !== undefined && home !== part(from)) crossing.add(home);
  }
  return crossing;
}

/** Takes the anchors, which would stand twice otherwise, off a copy; how many nodes it has. */
function removeAnchors(copy: Node): number {
  let count = 0;
  visit(copy, {
    Node(_, node) {
      count += 1;
      if (!isAlias(node)) delete node.anchor;
    },
  });
  return count;
}

function inFlow(node: Node): string {
  if (isMap(node) || isSeq(node)) node.flow = true;
  return printNode(node);
}

/** Somebody else's tree, its scalars spelled as they were. */
export const printNode = (node: Node): string => stringify(node, { lineWidth: 0, indentSeq: false, merge: true });
