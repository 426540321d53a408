import { type CST, type Document, isAlias, isMap, isScalar, isSeq, type Node, type YAMLMap } from 'yaml';
import type { Report } from '../diagnostics/report.ts';
import { type Cut, type Entry, nextLine, type Range, rangesOf, startsOf } from './cut.ts';
import { expandCrossing } from './expand.ts';
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
  const odd = keys.find(({ start }) =>
    start.some(({ type }) => !['space', 'comment', 'newline', 'comma'].includes(type)),
  );
  if (odd !== undefined || keys.length < map.items.length)
    return refuse('a key of it is written in an unusual way', odd?.start[0]?.offset);
  const entries = outer === 'block' ? blockEntries(text, map, keys, margin) : flowEntries(map, keys);
  const at = entries.findIndex(({ key }) => key === 'items');
  const items = map.items[at]?.value;
  const entry = entries[at];
  const frame = { apiVersion: wordOf(map, 'apiVersion'), kind: wordOf(map, 'kind'), outer, margin, entries } as const;
  const token = keys[at]?.value;
  if (entry === undefined || items === null || (isScalar(items) && items.value === null)) {
    return expandCrossing(slice, document, { ...frame, form: outer, indent: margin, items: [] }, report);
  }
  if (!isSeq<Node>(items) || !token) return refuse('items is no list', entry.start);
  if (token.type === 'block-seq') {
    // Its line would be taken for a part of the first item.
    const property = keys[at]?.sep?.find(({ type }) => type === 'anchor' || type === 'tag');
    if (property !== undefined) return refuse('items has an anchor or a tag', property.offset);
    const dashes = token.items.flatMap(({ start }) => start.find(({ type }) => type === 'seq-item-ind') ?? []);
    const lines = dashes.map(({ offset }) => offset - token.indent);
    const ranges = rangesOf(text, lines, nextLine(text, entry.value), entry.end, token.indent);
    return expandCrossing(slice, document, { ...frame, form: 'block', indent: token.indent, items: ranges }, report);
  }
  if (token.type !== 'flow-collection') return refuse('items is no list', entry.start);
  const ranges = flowItems(items.items, token);
  if (ranges === undefined) return refuse('an item of the list is no object', entry.start);
  return expandCrossing(slice, document, { ...frame, form: 'flow', indent: 0, items: ranges }, report);
}

function wordOf(map: YAMLMap, key: string): string | undefined {
  const value = map.get(key);
  return typeof value === 'string' ? value : undefined;
}

const nameOf = (map: YAMLMap, index: number): string => {
  const key = map.items[index]?.key;
  return isScalar(key) ? String(key.value) : '';
};

const colonEnd = ({ sep, key }: KeyTokens): number => {
  const colon = sep?.find(({ type }) => type === 'map-value-ind');
  return colon === undefined ? (key?.offset ?? 0) : colon.offset + 1;
};

function blockEntries(text: string, map: YAMLMap, keys: readonly KeyTokens[], margin: number): Entry[] {
  const starts = startsOf(
    text,
    keys.map(({ key }) => (key?.offset ?? 0) - margin),
    0,
    margin,
  );
  return keys.map((tokens, index) => ({
    key: nameOf(map, index),
    start: starts[index] ?? 0,
    value: colonEnd(tokens),
    end: starts[index + 1] ?? text.length,
  }));
}

function flowEntries(map: YAMLMap, keys: readonly KeyTokens[]): Entry[] {
  return keys.map((tokens, index) => {
    const value = colonEnd(tokens);
    const node = map.items[index]?.value as Node | null | undefined;
    return {
      key: nameOf(map, index),
      start: tokens.key?.offset ?? 0,
      value,
      end: Math.max(value, node?.range?.[1] ?? value),
    };
  });
}

/** Each item from its anchor or tag to its last character. */
function flowItems(nodes: readonly Node[], token: CST.FlowCollection): Range[] | undefined {
  const written = token.items.filter(({ value }) => value);
  if (written.length !== nodes.length) return undefined;
  const ranges = nodes.flatMap((node, index) => {
    const { start = [], value } = written[index] ?? {};
    const first = start.find(({ type }) => type === 'anchor' || type === 'tag')?.offset ?? value?.offset;
    return (isMap(node) || isAlias(node)) && node.range && first !== undefined
      ? [{ start: first, end: node.range[1] }]
      : [];
  });
  return ranges.length === nodes.length ? ranges : undefined;
}
