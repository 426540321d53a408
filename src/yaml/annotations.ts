import { isDeepStrictEqual } from 'node:util';
import {
  type CST,
  type Document,
  isAlias,
  isMap,
  isScalar,
  type Node,
  type ParsedNode,
  parseDocument,
  type YAMLMap,
} from 'yaml';
import { isObject } from '../object.ts';
import { nextLine } from './cut.ts';
import { isTooDeep } from './depth.ts';
import { type Slice, withoutDash } from './slice.ts';

type Fields = YAMLMap<Node, Node | null>;
type IsUnwanted = (name: string) => boolean;

/** A stretch of a text that is taken out. */
interface Removed {
  readonly start: number;
  readonly end: number;
}

/**
 * An object without the annotations whose names a test chooses, as a document: only their bytes are taken out.
 *
 * Undefined where the text cannot be read, or taking them out would change anything else: where they stand at an anchor, are
 * merged, or hold an anchor that others refer to.
 */
export function withoutAnnotations(slice: Slice, isUnwanted: IsUnwanted): Slice | undefined {
  const text = withoutDash(slice);
  const before = read(text);
  if (before === undefined) return undefined;
  const wanted = cleaned(before.value, isUnwanted);
  if (isDeepStrictEqual(wanted, before.value)) return slice;
  const left = removals(text, before.document, isUnwanted).reduceRight(
    (rest, { start, end }) => rest.slice(0, start) + rest.slice(end),
    text,
  );
  return isDeepStrictEqual(read(left)?.value, wanted) ? { ...slice, text: left, form: 'document' } : undefined;
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

/** The value that is to be left: `annotations` goes with its last entry. */
function cleaned(value: unknown, isUnwanted: IsUnwanted): unknown {
  if (!isObject(value) || !isObject(value.metadata) || !isObject(value.metadata.annotations)) return value;
  const { annotations, ...others } = value.metadata;
  const kept = Object.entries(annotations).filter(([name]) => !isUnwanted(name));
  const metadata = kept.length > 0 ? { ...others, annotations: Object.fromEntries(kept) } : others;
  return { ...value, metadata: kept.length === Object.keys(annotations).length ? value.metadata : metadata };
}

/** Where the unwanted annotations stand, in the order of the text. */
function removals(text: string, document: Document.Parsed, isUnwanted: IsUnwanted): readonly Removed[] {
  const keyOf = (map: Fields, index: number): string => {
    const key = map.items[index]?.key;
    const node = isAlias(key) ? key.resolve(document) : key;
    return isScalar(node) ? String(node.value) : '';
  };
  const places = (map: Fields, isAsked: IsUnwanted): readonly number[] =>
    map.items.flatMap((_, index) => (isAsked(keyOf(map, index)) ? [index] : []));
  const inside = (map: Fields, name: string): readonly { readonly map: Fields; readonly index: number }[] =>
    places(map, key => key === name).map(index => ({ map, index }));
  const { contents } = document;
  const metadata = isMap<Node, Node | null>(contents) ? inside(contents, 'metadata') : [];
  const annotations = metadata.flatMap(({ map, index }) => {
    const value = map.items[index]?.value;
    return isMap<Node, Node | null>(value) ? inside(value, 'annotations') : [];
  });
  return annotations.flatMap(({ map, index }) => {
    const value = map.items[index]?.value;
    if (!isMap<Node, Node | null>(value)) return [];
    const unwanted = places(value, isUnwanted);
    return unwanted.length === value.items.length ? stretches(text, map, [index]) : stretches(text, value, unwanted);
  });
}

/** Where some entries of a mapping stand, each with what parts it from the next or the last one that stays. */
function stretches(text: string, map: Fields, indexes: readonly number[]): readonly Removed[] {
  const token = map.srcToken;
  if (token?.type !== 'block-map' && token?.type !== 'flow-collection') return [];
  const entries = token.items.filter(({ key }) => key).map((entry, index) => placeOf(entry, map.items[index]?.value));
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
function placeOf({ start, key, sep }: CST.CollectionItem, value: Node | null | undefined): Removed {
  const isProperty = ({ type }: CST.SourceToken): boolean => ['anchor', 'tag', 'explicit-key-ind'].includes(type);
  const first = start.find(isProperty) ?? key;
  const colon = sep?.find(({ type }) => type === 'map-value-ind');
  const end = (colon?.offset ?? key?.offset ?? 0) + 1;
  return { start: first?.offset ?? 0, end: Math.max(end, value?.range?.[1] ?? end) };
}

/** The lines of an entry; a block scalar ends with its last line already. */
const wholeLines = (text: string, { start, end }: Removed): Removed => ({
  start: text.lastIndexOf('\n', start - 1) + 1,
  end: text[end - 1] === '\n' ? end : nextLine(text, end),
});
