import { nextLine } from './cut.ts';
import { Items } from './items.ts';
import { headReader, isCutOff, oddLine, plainHead } from './plain-heads.ts';
import type { TypeMeta } from './slice.ts';
import { windows } from './windows.ts';

/** A key of the outer mapping. */
interface Key {
  readonly key: string;
  /** Where its line begins, or the first comment right above it. */
  readonly start: number;
  /** Where its value begins, behind the colon. */
  readonly value: number;
  /** The value, where it is one word on the key's line; empty where nothing stands there. */
  readonly word: string | undefined;
}

/** Reads the start of every line that may matter; undefined where one stands that may be something else, or a lone carriage return does. */
export function scan(bytes: Buffer): Lines | undefined {
  const lines = new Lines(bytes);
  const breaks: number[] = [];
  for (const { text, base } of windows(bytes)) {
    if (hasLoneReturn(text)) return undefined;
    lines.isMarked ||= text.includes('&');
    breaks.push(...oddBreaks(text).map(at => base + at));
    lines.beginning.lastIndex = 0;
    for (let found = lines.beginning.exec(text); found !== null; found = lines.beginning.exec(text))
      if (!lines.goOn(found, base) && !lines.look(found, text, base)) return undefined;
  }
  for (const at of breaks) lines.items.doubt(lines.items.at(at));
  return lines;
}

/** What the lines read so far have said. */
class Lines {
  readonly keys: Key[] = [];
  readonly items = new Items();
  /** Whether any `&` stands in them, the mark of an anchor. */
  isMarked = false;
  /** The column, from 0, of their dashes. */
  indent = 0;
  /** What finds the next line that may matter. */
  beginning = beginning(0);
  readonly #bytes: Buffer;
  readonly #heads: ReturnType<typeof headReader>;
  /** How deep a line may stand to matter. */
  #depth = 0;
  /** Up to where the bytes were read beyond the end of a window. */
  #readTo = 0;
  /** Whether the last key was `items`. */
  #isInList = false;
  /** Whether a comment stands above the next line. */
  #isCommented = false;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
    this.#heads = headReader(bytes);
  }

  /** Takes an item below another one that says plainly what it is; false for any other line. Nearly all are, so that this is all a long list runs. */
  goOn({ 1: spaces = '', 2: head, index }: RegExpExecArray, base: number): boolean {
    const isPlain = head !== undefined && spaces.length === this.indent;
    if (!isPlain || this.items.count === 0 || this.#isCommented || !this.#isInList) return false;
    this.items.add(base + index + 1, this.#heads.read(head));
    return true;
  }

  /** Reads any other line; false where one may be something else than it seems. */
  look(found: RegExpExecArray, text: string, base: number): boolean {
    if (found[1] === undefined) {
      if (this.#isInList && base + found.index >= this.#readTo) this.items.doubt();
      return true;
    }
    const column = found[1].length;
    const at = found.index + 1 + column;
    const sign = found[2] === undefined ? text[at] : '-';
    if (sign === '#') {
      this.#isCommented = true;
      return true;
    }
    const isRead =
      this.#isInList && (sign === '-' || column > 0)
        ? this.#item(found, text, base)
        : sign === '-'
          ? this.keys.at(-1)?.word === '' && isDash(text, at)
          : this.#key(text.slice(at, nextLine(text, at)), base + at);
    this.#isCommented = false;
    return isRead;
  }

  #item({ 1: spaces = '', 2: head, index }: RegExpExecArray, text: string, base: number): boolean {
    const column = spaces.length;
    const isFirst = this.items.count === 0;
    if (isFirst && this.#depth !== column) {
      this.indent = column;
      // Again, now that the column is known.
      this.#lookOnFrom(index, column);
      return true;
    }
    const start = index + 1;
    if (!(head !== undefined || isDash(text, start + column)) || column !== this.indent) return false;
    this.items.add(this.#startOf(base + start), this.#typeAt(head, base + start, isCutOff(text, start)));
    return true;
  }

  /** Where an item begins whose dash stands on a line. */
  #startOf(line: number): number {
    // What stands between the key and the first dash is the first item's.
    if (this.items.count === 0) return nextLine(this.#bytes, this.keys.at(-1)?.value ?? 0);
    return this.#withComments(line, this.indent);
  }

  #withComments(line: number, indent: number): number {
    return this.#isCommented ? withComments(this.#bytes, line, indent) : line;
  }

  #typeAt(found: string | undefined, line: number, mayGoOn: boolean): TypeMeta | undefined {
    if (found !== undefined) return this.#heads.read(found);
    const head = mayGoOn ? this.#heads.at(line, this.indent) : undefined;
    this.#readTo = head?.end ?? 0;
    return head?.type;
  }

  #key(line: string, place: number): boolean {
    const key = keyAt(line);
    if (key === undefined) return false;
    this.keys.push({ ...key, start: this.#withComments(place, 0), value: place + key.key.length + 1 });
    this.#isInList = key.key === 'items';
    this.#lookOnFrom(this.beginning.lastIndex, this.#isInList ? Number.POSITIVE_INFINITY : 0);
    return true;
  }

  #lookOnFrom(index: number, depth: number): void {
    this.#depth = depth;
    this.beginning = beginning(depth);
    this.beginning.lastIndex = index;
  }
}

/**
 * A line that stands no deeper than a column, behind the end of the line above it, up to its first sign; of an item whose first
 * two lines say `apiVersion` and `kind` plainly, what they say; and a line, in the column of its keys, that may take that back.
 * Not `^` with the m flag, which also matches behind U+2028.
 */
const beginning = (depth: number): RegExp =>
  depth === Number.POSITIVE_INFINITY
    ? /\n( *)[^ \r\n]/g
    : new RegExp(`\\n(?:( {0,${depth}})(?:${plainHead(depth)}|[^ \\r\\n])|${oddLine(depth)})`, 'g');

function hasLoneReturn(text: string): boolean {
  for (let at = text.indexOf('\r'); at !== -1; at = text.indexOf('\r', at + 1)) if (text[at + 1] !== '\n') return true;
  return false;
}

/** Where the line breaks stand that only YAML 1.1 knows: U+0085, U+2028 and U+2029, as UTF-8 that is read as Latin-1. */
function oddBreaks(text: string): readonly number[] {
  const found: number[] = [];
  for (const bytes of ['\u00c2\u0085', '\u00e2\u0080\u00a8', '\u00e2\u0080\u00a9'])
    for (let at = text.indexOf(bytes); at !== -1; at = text.indexOf(bytes, at + 1)) found.push(at);
  return found;
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
