import { type Document, isAlias, type Node, visit } from 'yaml';
import type { Report } from '../diagnostics/report.ts';
import { partFinder } from './anchors.ts';
import type { Cut, Range } from './cut.ts';
import { flowText } from './flow-text.ts';
import { positionAt, type Slice } from './slice.ts';

/** How many characters all aliases of a text may stand for: far more than a list repeats, far less than fills the memory. */
const limit = 5_000_000;

/** An alias that refers to an anchor in another part, and what stands there. */
interface Crossing {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The same cut, in which what stands at an anchor takes the place of each alias in another part; undefined once they stood for too much. */
export function expandCrossing(slice: Slice, document: Document.Parsed, cut: Cut, report: Report): Cut | undefined {
  const part = partFinder([...cut.entries.filter(({ key }) => key !== 'items'), ...cut.items]);
  const anchors = new Map<string, Node>();
  const crossings = new Map<number, Crossing[]>();
  let written = 0;
  visit(document, {
    Node(_, node) {
      if (!isAlias(node)) {
        if (node.anchor !== undefined) anchors.set(node.anchor, node);
        return undefined;
      }
      const [start, end] = node.range ?? [0, 0];
      const target = anchors.get(node.source);
      const home = part(start);
      // Reading has made sure of the anchor.
      if (target === undefined || home === undefined || home === part(target.range?.[0] ?? 0)) return undefined;
      const text = flowText(target, document);
      written += text?.length ?? limit;
      if (text === undefined || written >= limit) {
        report.add('WO1007', { slice, position: positionAt(slice.text, start) }, { alias: node.source });
        return visit.BREAK;
      }
      crossings.set(home, [...(crossings.get(home) ?? []), { start, end, text }]);
      return undefined;
    },
  });
  if (written >= limit) return undefined;
  const spliced = <Part extends Range>(range: Part): Part => {
    const own = crossings.get(range.start);
    if (own === undefined && range.isPair !== true) return range;
    const text = textWith(own ?? [], slice.text, range);
    return { ...range, text: range.isPair === true ? `{${text}}` : text };
  };
  return {
    ...cut,
    entries: cut.entries.map(entry => (entry.key === 'items' ? entry : spliced(entry))),
    items: cut.items.map(spliced),
  };
}

/** The text of a range with what stands in place of some of its stretches. */
function textWith(crossings: readonly Crossing[], text: string, { start, end }: Range): string {
  let at = start;
  let written = '';
  for (const crossing of crossings) {
    written += text.slice(at, crossing.start) + crossing.text;
    at = crossing.end;
  }
  return written + text.slice(at, end);
}
