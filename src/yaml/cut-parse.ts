import { type CST, type Document, isAlias, isMap, isScalar, isSeq, type Node, type YAMLMap } from 'yaml';
import type { Report } from '../diagnostics/report.ts';
import { type Cut, type Entry, nextLine, type Range, rangesOf, startsOf } from './cut.ts';
import { cutWrittenOut, isElsewhere } from './cut-written-out.ts';
import { expandCrossing } from './expand.ts';
import { keyOf } from './key-of.ts';
import { positionAt, type Slice } from './slice.ts';

type Token = CST.Token | null | undefined;

/** A mapping's items as the parser saw them: the tokens ahead of a key, the key, the tokens up to the value, the value. */
interface KeyTokens {
  readonly start: readonly CST.SourceToken[];
  readonly key?: Token;
  readonly sep?: readonly CST.SourceToken[] | undefined;
  readonly value?: Token;
}

/** Cuts any list that YAML can write, with the offsets that a whole parse gives; undefined once a reason was reported. */
export function cutByParse(slice: Slice, document: Document.Parsed, report: Report): Cut | undefined {
  const { text } = slice;
  const refuse = (problem: string, offset = 0): undefined => {
    report.add('WO1011', { slice, position: positionAt(text, offset) }, { problem });
    return undefined;
  };
  const map = document.contents;
  const tokens = map?.srcToken;
  if (!isMap(map) || (tokens?.type !== 'block-map' && tokens?.type !== 'flow-collection')) {
    report.add('WO1010', { slice, position: { line: 1, column: 1 } }, { found: 'it is no mapping' });
    return undefined;
  }
  const outer = tokens.type === 'block-map' ? 'block' : 'flow';
  const margin = outer === 'block' ? tokens.indent : 0;
  const keys: readonly KeyTokens[] = tokens.items.filter(({ key }) => key);
  if (keys.length < map.items.length) return refuse('a key of it is missing');
  const entries =
    outer === 'block' ? blockEntries(document, map, keys, margin, text) : flowEntries(document, map, keys);
  const at = entries.findIndex(({ key }) => key === 'items');
  const items = map.items[at]?.value as Node | null | undefined;
  if (isElsewhere(map, items)) return cutWrittenOut(slice, document, map, report);
  const repeated = entries.find(({ key }, index) => entries.findIndex(other => other.key === key) < index);
  if (repeated !== undefined) return refuse(`its key ${repeated.key} stands twice`, repeated.start);
  const entry = entries[at];
  const wordIn = (name: string): string | undefined => {
    const value = map.items[entries.findIndex(({ key }) => key === name)]?.value;
    const node = isAlias(value) ? value.resolve(document) : value;
    return isScalar(node) && typeof node.value === 'string' ? node.value : undefined;
  };
  const frame = { apiVersion: wordIn('apiVersion'), kind: wordIn('kind'), outer, margin, entries } as const;
  const token = keys[at]?.value;
  if (entry === undefined || items === null || (isScalar(items) && items.value === null)) {
    return expandCrossing(slice, document, { ...frame, form: outer, indent: margin, items: [] }, report);
  }
  if (!isSeq<Node>(items) || !token) return refuse('items is no list', entry.start);
  if (token.type === 'block-seq') {
    const dashes = token.items.flatMap(({ start }) => start.find(({ type }) => type === 'seq-item-ind') ?? []);
    const lines = dashes.map(({ offset }) => offset - token.indent);
    // An anchor or a tag of the list stands above the first item, and is no part of it.
    const property = keys[at]?.sep?.findLast(isProperty);
    const ranges = rangesOf(text, lines, nextLine(text, property?.offset ?? entry.value), entry.end, token.indent);
    if ((lines[0] ?? 0) < (ranges[0]?.start ?? 0)) return refuse('items begins on the line of its key', entry.start);
    return expandCrossing(slice, document, { ...frame, form: 'block', indent: token.indent, items: ranges }, report);
  }
  if (token.type !== 'flow-collection') return refuse('items is no list', entry.start);
  const ranges = flowItems(items.items, token);
  if (ranges === undefined) return refuse('an item of the list is no object', entry.start);
  return expandCrossing(slice, document, { ...frame, form: 'flow', indent: 0, items: ranges }, report);
}

/** Whether a token stands ahead of a value, and belongs to it. */
const isProperty = ({ type }: CST.SourceToken): boolean =>
  type === 'anchor' || type === 'tag' || type === 'explicit-key-ind';

/** Where a key begins, with its anchor, its tag or its question mark. */
const beginning = ({ start, key }: KeyTokens): number => start.find(isProperty)?.offset ?? key?.offset ?? 0;

const colonEnd = ({ sep, key }: KeyTokens): number => {
  const colon = sep?.find(({ type }) => type === 'map-value-ind');
  return colon === undefined ? (key?.offset ?? 0) : colon.offset + 1;
};

function blockEntries(
  document: Document.Parsed,
  map: YAMLMap,
  keys: readonly KeyTokens[],
  margin: number,
  text: string,
): Entry[] {
  const starts = startsOf(
    text,
    keys.map(tokens => beginning(tokens) - margin),
    0,
    margin,
  );
  return keys.map((tokens, index) => ({
    key: keyOf(map.items[index]?.key, document),
    start: starts[index] ?? 0,
    value: colonEnd(tokens),
    end: starts[index + 1] ?? text.length,
  }));
}

function flowEntries(document: Document.Parsed, map: YAMLMap, keys: readonly KeyTokens[]): Entry[] {
  return keys.map((tokens, index) => {
    const value = colonEnd(tokens);
    const node = map.items[index]?.value as Node | null | undefined;
    return {
      key: keyOf(map.items[index]?.key, document),
      start: beginning(tokens),
      value,
      end: Math.max(value, node?.range?.[1] ?? value),
    };
  });
}

/** Each item from its anchor, its tag or, where it is a pair without braces, its key to its last character. */
function flowItems(nodes: readonly Node[], token: CST.FlowCollection): Range[] | undefined {
  const written = token.items.filter(({ key, value }) => key || value);
  if (written.length !== nodes.length) return undefined;
  const ranges = nodes.flatMap((node, index) => {
    const { start = [], key, value } = written[index] ?? {};
    const first = start.find(isProperty)?.offset ?? (key ?? value)?.offset;
    if (!((isMap(node) || isAlias(node)) && node.range && first !== undefined)) return [];
    return [{ start: first, end: node.range[1], ...(key && { isPair: true }) }];
  });
  return ranges.length === nodes.length ? ranges : undefined;
}
