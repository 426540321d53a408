import { type Document, isAlias, isMap, isScalar, isSeq, type Node, type YAMLMap } from 'yaml';
import type { Report } from '../diagnostics/report.ts';
import type { Cut, Entry, Range } from './cut.ts';
import { flowText } from './flow-text.ts';
import { isMerge, keyOf } from './key-of.ts';
import { positionAt, type Slice } from './slice.ts';

type Value = Node | null | undefined;

/** How long all parts may be when they are written out: far more than a list repeats, far less than fills the memory. */
const limit = 5_000_000;

/** Whether the parts of a list are written elsewhere: keys that are merged into it, or items at an anchor. */
export const isElsewhere = (map: YAMLMap, items: Value): boolean =>
  isAlias(items) || map.items.some(({ key }) => isMerge(key));

/** Cuts such a list: each part is written out in flow style; undefined once a reason was reported. */
export function cutWrittenOut(slice: Slice, document: Document.Parsed, map: YAMLMap, report: Report): Cut | undefined {
  const positionOf = (node: Value) => ({ slice, position: positionAt(slice.text, node?.range?.[0] ?? 0) });
  const fields = fieldsOf(map, document);
  const list = fields.get('items');
  const items = resolved(list, document);
  const nodes = isSeq<Node>(items) ? items.items : [];
  const odd = nodes.find(node => !isMap(resolved(node, document)));
  if (odd !== undefined || !(isSeq(items) || isEmpty(items))) {
    const problem = odd === undefined ? 'items is no list' : 'an item of the list is no object';
    report.add('WO1011', positionOf(odd ?? list), { problem });
    return undefined;
  }
  let length = 0;
  const written = (node: Value): Range & { readonly text: string } => {
    const text = length > limit ? undefined : flowText(node, document);
    length += text?.length ?? limit + 1;
    const [start, end] = node?.range ?? [0, 0];
    return { start, end, text: text ?? '' };
  };
  const ranges = nodes.map(written);
  const entries = [...fields].map(([key, value]): Entry => {
    const name = `${JSON.stringify(key)}:`;
    const range = written(key === 'items' ? null : value);
    return { ...range, key, value: range.start + name.length, text: `${name} ${range.text}` };
  });
  if (length > limit) {
    report.add('WO1007', positionOf(map), {});
    return undefined;
  }
  const [apiVersion, kind] = ['apiVersion', 'kind'].map(key => textIn(resolved(fields.get(key), document)));
  return { apiVersion, kind, outer: 'flow', margin: 0, entries, form: 'flow', indent: 0, items: ranges };
}

const isEmpty = (node: Value): boolean =>
  node === null || node === undefined || (isScalar(node) && node.value === null);

const textIn = (node: Value): string | undefined =>
  isScalar(node) && typeof node.value === 'string' ? node.value : undefined;

const resolved = (node: Value, document: Document): Value => (isAlias(node) ? node.resolve(document) : node);

/** The values of a mapping by their keys: of its own, and then of what is merged into it. */
function fieldsOf(node: Value, document: Document): ReadonlyMap<string, Value> {
  const map = resolved(node, document);
  const fields = new Map<string, Value>();
  const add = (more: Iterable<readonly [string, Value]>): void => {
    for (const [key, value] of more) if (!fields.has(key)) fields.set(key, value);
  };
  if (isSeq<Node>(map)) for (const each of map.items) add(fieldsOf(each, document));
  if (!isMap<Node, Node | null>(map)) return fields;
  add(map.items.filter(({ key }) => !isMerge(key)).map(({ key, value }) => [keyOf(key, document), value]));
  for (const { value } of map.items.filter(({ key }) => isMerge(key))) add(fieldsOf(value, document));
  return fields;
}
