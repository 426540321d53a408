import { mayCross } from './anchors.ts';
import { type Cut, type Entry, nextLine, type Range } from './cut.ts';
import { headIn, headLimit, headReader } from './heads.ts';
import type { Head } from './slice.ts';
import { type Stretch, stretches } from './stretch.ts';

/** A block list as its lines cut it; every offset is one of the bytes. */
export interface LineCut extends Omit<Cut, 'items'> {
  /** Neighbours that are surely of others as one. */
  readonly items: readonly Stretch[];
}

/**
 * Cuts the UTF-8 of a block list by its lines, or declines with undefined. It parses nothing, so it is sure only under this condition:
 *
 * - Every line that begins in column 0 is a comment, a plain key (`word:`), or a dash below a key without a value. In valid
 *   YAML a line in column 0 is then no part of a scalar or a flow collection, which must stand deeper than their key.
 * - Between `items:` and the next key, the first line that is neither blank nor comment holds a dash, and no later one
 *   stands less deep; at its depth there are only dashes and comments. An item's own text stands deeper than its dash.
 * - No key stands twice; `apiVersion` and `kind` are plain or quoted words; there is no directive, and no lone carriage return.
 * - No alias can refer to an anchor outside its item (`anchors.ts`).
 *
 * Every sign that it looks at is one byte, and no byte of a longer one.
 */
export function cutByLines(bytes: Buffer, firstLine = 1): LineCut | undefined {
  const lines = hasLoneReturn(bytes) ? undefined : scan(bytes);
  if (lines === undefined) return undefined;
  const { keys, starts, heads, indent } = lines;
  const words = new Map(keys.map(({ key, word }) => [key, word]));
  const [apiVersion, kind] = [words.get('apiVersion'), words.get('kind')];
  if (words.size < keys.length || apiVersion === undefined || kind === undefined) return undefined;
  const entries: readonly Entry[] = keys.map(({ key, start, value }, index) => ({
    key,
    value,
    start: index === 0 ? 0 : start,
    end: keys[index + 1]?.start ?? bytes.length,
  }));
  const list = entries.find(({ key }) => key === 'items');
  if (list === undefined) return undefined;
  const parts = (): readonly Range[] => [
    ...entries.filter(entry => entry !== list),
    ...starts.map((start, index) => ({ start, end: starts[index + 1] ?? list.end })),
  ];
  if (mayCross(bytes, parts)) return undefined;
  const items = stretches({ bytes, starts, end: list.end, heads, firstLine });
  return { apiVersion, kind, outer: 'block', margin: 0, entries, form: 'block', indent, items };
}

function hasLoneReturn(bytes: Buffer): boolean {
  for (let at = bytes.indexOf('\r'); at !== -1; at = bytes.indexOf('\r', at + 1))
    if (bytes[at + 1] !== newline) return true;
  return false;
}

interface Key {
  readonly key: string;
  /** Where its line begins, or the first comment right above it. */
  readonly start: number;
  /** Where its value begins, behind the colon. */
  readonly value: number;
  /** The value, where it is one word on the key's line; empty where nothing stands there. */
  readonly word: string | undefined;
}

interface Lines {
  readonly keys: readonly Key[];
  /** Where each item of `items` begins, with the comments right above its dash. */
  readonly starts: readonly number[];
  readonly heads: readonly (Head | undefined)[];
  /** The column, from 0, of their dashes. */
  readonly indent: number;
}

/** Reads the start of every line that may matter; undefined where one stands that may be something else. */
function scan(bytes: Buffer): Lines | undefined {
  const keys: Key[] = [];
  const starts: number[] = [];
  const heads: (Head | undefined)[] = [];
  const headOf = headReader(bytes);
  let owner: Key | undefined;
  let indent = 0;
  let commented = false;
  let depth = 0;
  let line = beginning(depth);
  const goOn = (deep: number, from: number): void => {
    depth = deep;
    line = beginning(depth);
    line.lastIndex = from;
  };
  for (const { text, base } of windows(bytes)) {
    line.lastIndex = 0;
    for (let found = line.exec(text); found !== null; found = line.exec(text)) {
      const [, spaces = '', apiVersion = '', kind] = found;
      const column = spaces.length;
      const start = found.index + 1;
      const sign = kind === undefined ? text[start + column] : '-';
      if (sign === '#') {
        commented = true;
        continue;
      }
      const place = base + start;
      if (owner?.key === 'items' && (sign === '-' || column > 0)) {
        const isFirst = starts.length === 0;
        if (isFirst && depth !== column) {
          // Again, now that the column is known.
          goOn(column, found.index);
          continue;
        }
        if (!(kind !== undefined || isDash(text, start + column)) || !(isFirst || column === indent)) return undefined;
        // What stands between the key and the first dash is the first item's.
        starts.push(isFirst ? nextLine(bytes, owner.value) : commented ? withComments(bytes, place, indent) : place);
        if (kind !== undefined) heads.push(headOf.words(apiVersion, kind));
        else heads.push(start + headLimit > text.length ? headOf.lines(place, column) : undefined);
        indent = column;
      } else if (sign === '-') {
        if (owner?.word !== '' || !isDash(text, start)) return undefined;
      } else {
        const key = keyAt(text.slice(start, nextLine(text, start)));
        if (key === undefined) return undefined;
        owner = { ...key, start: withComments(bytes, place, 0), value: place + key.key.length + 1 };
        keys.push(owner);
        goOn(key.key === 'items' ? Number.POSITIVE_INFINITY : 0, line.lastIndex);
      }
      commented = false;
    }
  }
  return { keys, starts, heads, indent };
}

/**
 * A line that stands no deeper than a column, behind the end of the line above it, up to its first sign; of an item whose first
 * two lines say `apiVersion` and `kind` plainly, what they say. Not `^` with the m flag, which also matches behind U+2028.
 */
const beginning = (depth: number): RegExp =>
  depth === Number.POSITIVE_INFINITY
    ? /\n( *)[^ \r\n]/g
    : new RegExp(`\\n( {0,${depth}})(?:${headIn(depth)}|[^ \\r\\n])`, 'g');

/** How many bytes are looked at as one text: what V8 does not keep apart as large. */
const size = 32_768;

/** The bytes as texts of whole lines, each behind the end of the line above it, and where the first character of each would stand. */
function* windows(bytes: Buffer): Generator<{ readonly text: string; readonly base: number }> {
  for (let start = 0; start < bytes.length; ) {
    const last = start + size < bytes.length ? bytes.lastIndexOf('\n', start + size) : bytes.length - 1;
    // A line that is longer than a text.
    const end = last >= start ? last + 1 : nextLine(bytes, start + size);
    const text = bytes.toString('latin1', Math.max(0, start - 1), end);
    yield { text: start === 0 ? `\n${text}` : text, base: start - 1 };
    start = end;
  }
}

const isDash = (text: string, at: number): boolean =>
  text[at] === '-' && (at + 1 === text.length || ' \r\n'.includes(text[at + 1] ?? ''));

const [newline, space, hash] = [0x0a, 0x20, 0x23];

/**
 * Where a line begins, or the first of the comments right above it that stand no deeper.
 *
 * Such a comment can be no text of a block scalar, which is indented more deeply than the dash or key that it belongs to.
 */
function withComments(bytes: Buffer, line: number, indent: number): number {
  let start = line;
  while (start > 1) {
    const above = bytes.lastIndexOf(newline, start - 2) + 1;
    let at = above;
    while (at - above < indent && bytes[at] === space) at += 1;
    if (bytes[at] !== hash) break;
    start = above;
  }
  return start;
}

/** The key that a line begins with, and the value: one word at most or, for `items`, none. */
function keyAt(line: string): Pick<Key, 'key' | 'word'> | undefined {
  const key = line.slice(0, Math.max(0, line.indexOf(':')));
  const behind = line.slice(key.length + 1);
  if (!/^[A-Za-z]\w*$/.test(key) || !(behind === '' || ' \r\n'.includes(behind[0] ?? ''))) return undefined;
  const value = (behind.split(' #', 1)[0] ?? '').trim();
  if (key === 'items' && value !== '') return undefined;
  return { key, word: value === '' ? '' : /^(["']?)([\w./-]+)\1$/.exec(value)?.[2] };
}
