import { isDeepStrictEqual } from 'node:util';
import {
  type CST,
  type Document,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type ParsedNode,
  parseDocument,
  visit,
  type YAMLMap,
} from 'yaml';
import { isListKind } from '../k8s/list.ts';
import { isObject } from '../object.ts';
import { nextLine } from './cut.ts';
import { isTooDeep } from './depth.ts';
import { flowText } from './flow-text.ts';
import { keyOf } from './key-of.ts';
import { type Slice, withoutDash } from './slice.ts';

type Fields = YAMLMap<Node, Node | null>;
type IsUnwanted = (name: string) => boolean;

/** A stretch of a text that is taken out. */
interface Removed {
  readonly start: number;
  readonly end: number;
}

/**
 * An object, or a list of them, without the annotations whose names a test chooses, as a document: only their bytes are taken out and, where these
 * stand at an anchor or hold one, what each alias stands for is written out. Undefined where the text cannot be read.
 */
export function withoutAnnotations(slice: Slice, isUnwanted: IsUnwanted): Slice | undefined {
  const text = withoutDash(slice);
  const before = read(text);
  if (before === undefined) return undefined;
  const wanted = cleaned(before.value, isUnwanted);
  if (isDeepStrictEqual(wanted, before.value)) return slice;
  for (const each of [text, withoutAliases(text, before.document)]) {
    const left = each === undefined ? undefined : without(each, isUnwanted);
    if (left !== undefined && isDeepStrictEqual(read(left)?.value, wanted))
      return { ...slice, text: left, form: 'document' };
  }
  return undefined;
}

function without(text: string, isUnwanted: IsUnwanted): string | undefined {
  const document = read(text)?.document;
  return (
    document &&
    removals(text, document, isUnwanted).reduceRight(
      (rest, { start, end }) => rest.slice(0, start) + rest.slice(end),
      text,
    )
  );
}

/** A text in which what stands at an anchor takes the place of each alias. */
function withoutAliases(text: string, document: Document.Parsed): string | undefined {
  let at = 0;
  let written: string | undefined = '';
  visit(document, {
    Alias(_, alias) {
      const [start, end] = alias.range ?? [0, 0];
      const target = flowText(alias, document);
      written = target === undefined || written === undefined ? undefined : written + text.slice(at, start) + target;
      at = end;
    },
  });
  return written === undefined ? undefined : written + text.slice(at);
}

/** A text with every scalar as it is spelled, whatever type some reader gives it. */
function read(text: string): { readonly document: Document.Parsed; readonly value: unknown } | undefined {
  if (isTooDeep(text)) return undefined;
  try {
    const document = parseDocument<ParsedNode>(text, {
      schema: 'failsafe',
      uniqueKeys: false,
      keepSourceTokens: true,
      prettyErrors: false,
      logLevel: 'silent',
    });
    return document.errors.length > 0 ? undefined : { document, value: document.toJS({ maxAliasCount: 10_000 }) };
  } catch {
    return undefined;
  }
}

/** The value that is to be left, of an object or a list of them: `annotations`, and what is merged there, goes with its last entry. */
const cleaned = (value: unknown, isUnwanted: IsUnwanted): unknown => {
  const others = isListKind(kindIn(value))
    ? changed(value, 'items', items => (Array.isArray(items) ? items.map(item => cleaned(item, isUnwanted)) : items))
    : value;
  return changed(others, 'metadata', metadata =>
    changed(metadata, 'annotations', annotations => {
      const left = filtered(annotations, isUnwanted);
      return isObject(left) && Object.keys(left).length === 0 ? undefined : left;
    }),
  );
};

const kindIn = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(kindIn).find(kind => kind !== undefined);
  return isObject(value) ? (value.kind ?? kindIn(value['<<'])) : undefined;
};

/** A mapping in which what stands in a key, there or merged, is something else; undefined takes the key away. */
function changed(value: unknown, key: string, change: (inner: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map(each => changed(each, key, change));
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([name, inner]) => [
    name,
    name === key ? change(inner) : name === '<<' ? changed(inner, key, change) : inner,
  ]);
  return Object.fromEntries(entries.filter(([, inner]) => inner !== undefined));
}

function filtered(annotations: unknown, isUnwanted: IsUnwanted): unknown {
  if (Array.isArray(annotations)) return annotations.map(each => filtered(each, isUnwanted));
  if (!isObject(annotations)) return annotations;
  const kept = Object.entries(annotations).filter(([name]) => !isUnwanted(name));
  return Object.fromEntries(kept.map(([name, inner]) => [name, name === '<<' ? filtered(inner, isUnwanted) : inner]));
}

/** An entry of a mapping, by its place. */
interface Place {
  readonly map: Fields;
  readonly index: number;
}

/** Where the unwanted annotations stand, in the order of the text. */
function removals(text: string, document: Document.Parsed, isUnwanted: IsUnwanted): readonly Removed[] {
  const places = (map: Fields, isAsked: IsUnwanted): readonly number[] =>
    map.items.flatMap((_, index) => (isAsked(keyOf(map.items[index]?.key, document)) ? [index] : []));
  /** A mapping, and those that are merged into it. */
  const merged = (node: unknown): readonly Fields[] => {
    if (isSeq(node)) return node.items.flatMap(merged);
    if (!isMap<Node, Node | null>(node)) return [];
    return [node, ...places(node, key => key === '<<').flatMap(index => merged(node.items[index]?.value))];
  };
  const inside = (node: unknown, name: string): readonly Place[] =>
    merged(node).flatMap(map => places(map, key => key === name).map(index => ({ map, index })));
  const objectsIn = (node: unknown): readonly unknown[] => {
    const [kind] = inside(node, 'kind').map(({ map, index }) => map.items[index]?.value);
    const isList = isListKind(isScalar(kind) ? kind.value : undefined);
    const lists = isList ? inside(node, 'items').map(({ map, index }) => map.items[index]?.value) : [];
    return [node, ...lists.flatMap(list => (isSeq(list) ? list.items.flatMap(objectsIn) : []))];
  };
  const annotations = objectsIn(document.contents)
    .flatMap(object => inside(object, 'metadata'))
    .flatMap(({ map, index }) => inside(map.items[index]?.value, 'annotations'));
  const found = annotations.flatMap(({ map, index }) => {
    const inner = merged(map.items[index]?.value);
    const [own] = inner;
    const unwanted = inner.map(each => places(each, isUnwanted));
    if (inner.length === 1 && own !== undefined && unwanted[0]?.length === own.items.length)
      return stretches(text, map, [index]);
    return inner.flatMap((each, at) => stretches(text, each, unwanted[at] ?? []));
  });
  return found.toSorted((one, other) => one.start - other.start);
}

/** Where some entries of a mapping stand, each with what parts it from the next or the last one that stays. */
function stretches(text: string, map: Fields, indexes: readonly number[]): readonly Removed[] {
  const token = map.srcToken;
  if (token?.type !== 'block-map' && token?.type !== 'flow-collection') return [];
  const entries = token.items.filter(({ key }) => key).map((entry, index) => placeOf(entry, map.items[index]));
  const kept = entries.findIndex((_, index) => !indexes.includes(index));
  return indexes.flatMap((index): readonly Removed[] => {
    const [entry, next, last] = [entries[index], entries[index + 1], entries[index - 1]];
    if (entry === undefined) return [];
    if (token.type === 'block-map') return [wholeLines(text, entry)];
    if (kept !== -1 && kept < index && last !== undefined) return [{ start: last.end, end: entry.end }];
    return [{ start: entry.start, end: next?.start ?? entry.end }];
  });
}

/** An entry from its key, with the key's anchor or tag, to the end of its value. */
function placeOf({ start, key, sep }: CST.CollectionItem, pair: Fields['items'][number] | undefined): Removed {
  const isProperty = ({ type }: CST.SourceToken): boolean => ['anchor', 'tag', 'explicit-key-ind'].includes(type);
  const first = start.find(isProperty) ?? key;
  const colon = sep?.find(({ type }) => type === 'map-value-ind');
  const end = colon === undefined ? (pair?.key.range?.[1] ?? 0) : colon.offset + 1;
  return { start: first?.offset ?? 0, end: Math.max(end, pair?.value?.range?.[1] ?? end) };
}

/** The lines of an entry; a block scalar ends with its last line already. */
const wholeLines = (text: string, { start, end }: Removed): Removed => ({
  start: text.lastIndexOf('\n', start - 1) + 1,
  end: text[end - 1] === '\n' ? end : nextLine(text, end),
});
