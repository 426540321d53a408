import { mayCross } from './anchors.ts';
import { type Cut, type Entry, nextLine, type Range, rangesOf, startsOf } from './cut.ts';

/**
 * Cuts a block list by its lines, or declines with undefined. It parses nothing, so it is sure only under this condition:
 *
 * - Every line that begins in column 0 is a comment, a plain key (`word:`), or a dash below a key without a value. In valid
 *   YAML a line in column 0 is then no part of a scalar or a flow collection, which must stand deeper than their key.
 * - Between `items:` and the next key, the first line that is neither blank nor comment holds a dash, and no later one
 *   stands less deep; at its depth there are only dashes and comments. An item's own text stands deeper than its dash.
 * - No key stands twice; `apiVersion` and `kind` are plain or quoted words; there is no directive, and no lone carriage return.
 * - No alias can refer to an anchor outside its item (`anchors.ts`).
 */
export function cutByLines(text: string): Cut | undefined {
  if (text.includes('\r') && /\r(?!\n)/.test(text)) return undefined;
  const found = keysOf(text);
  if (found === undefined || new Set(found.keys.map(({ key }) => key)).size < found.keys.length) return undefined;
  const starts = startsOf(
    text,
    found.keys.map(({ start }) => start),
    0,
    0,
  );
  const entries: readonly Entry[] = found.keys.map(({ key, value }, index) => ({
    key,
    value,
    start: starts[index] ?? 0,
    end: starts[index + 1] ?? text.length,
  }));
  const words = new Map(found.keys.map(({ key, word }) => [key, word]));
  const apiVersion = words.get('apiVersion');
  const kind = words.get('kind');
  const items = entries.find(({ key }) => key === 'items');
  if (apiVersion === undefined || kind === undefined || items === undefined) return undefined;
  const listed = itemsOf(text, items, found.dashes);
  if (listed === undefined) return undefined;
  const cut: Cut = { apiVersion, kind, outer: 'block', margin: 0, entries, form: 'block', ...listed };
  return mayCross(text, cut) ? undefined : cut;
}

interface Key {
  readonly key: string;
  readonly start: number;
  readonly value: number;
  /** The value, where it is one word on the key's line; empty where nothing stands there. */
  readonly word: string | undefined;
}

/** The keys in column 0, and the dashes there by the key above them. */
function keysOf(
  text: string,
): { readonly keys: readonly Key[]; readonly dashes: ReadonlyMap<string, readonly number[]> } | undefined {
  const keys: Key[] = [];
  const dashes = new Map<string, number[]>();
  // Not `^` with the m flag, which also matches behind U+2028.
  const line = /(?:^|\n)[^ \r\n]/g;
  for (const { 0: mark, index } of text.matchAll(line)) {
    const start = index + mark.length - 1;
    const owner = keys.at(-1);
    if (text[start] === '#') continue;
    if (text[start] === '-') {
      if (owner === undefined || owner.word !== '' || !isDash(text, start)) return undefined;
      const list = dashes.get(owner.key);
      if (list === undefined) dashes.set(owner.key, [start]);
      else list.push(start);
      continue;
    }
    const key = keyAt(text, start);
    if (key === undefined) return undefined;
    keys.push(key);
  }
  return { keys, dashes };
}

const isDash = (text: string, at: number): boolean =>
  text[at] === '-' && (at + 1 === text.length || ' \r\n'.includes(text[at + 1] ?? ''));

function keyAt(text: string, start: number): Key | undefined {
  const key = /([A-Za-z]\w*):(?=[ \r\n]|$)(?: *(?:(["']?)([\w./-]+)\2)?(?: +#[^\n]*| *)?\r?(?:\n|$))?/y;
  key.lastIndex = start;
  const found = key.exec(text);
  if (found === null) return undefined;
  const [whole, name = '', , word] = found;
  const ended = whole.length > name.length + 1;
  return { key: name, start, value: start + name.length + 1, word: word ?? (ended ? '' : undefined) };
}

/** The items below a key, and the column of their dashes; undefined where a line stands that may be something else. */
function itemsOf(
  text: string,
  entry: Entry,
  dashes: ReadonlyMap<string, readonly number[]>,
): { readonly indent: number; readonly items: readonly Range[] } | undefined {
  const from = nextLine(text, entry.value);
  const first = firstLine(text, from, entry.end);
  const flush = dashes.get(entry.key) ?? [];
  // A value on the key's own line, such as `[]`, is for a parser.
  if (!/^(?: +#[^\n]*| *)\r?\n?$/.test(text.slice(entry.value, from))) return undefined;
  if (first === undefined) return { indent: 0, items: [] };
  if (!isDash(text, first.at)) return undefined;
  const { indent } = first;
  const lines = indent === 0 ? flush : deeperDashes(text, from, entry.end, indent);
  if (lines === undefined || (indent > 0 && flush.length > 0)) return undefined;
  return { indent, items: rangesOf(text, lines, from, entry.end, indent) };
}

/** The first line that is neither blank nor a comment. */
function firstLine(
  text: string,
  from: number,
  end: number,
): { readonly at: number; readonly indent: number } | undefined {
  for (let start = from; start < end; start = nextLine(text, start)) {
    let at = start;
    while (text[at] === ' ') at += 1;
    if (at < end && !'#\r\n'.includes(text[at] ?? '\n')) return { at, indent: at - start };
  }
  return undefined;
}

/** The starts of the lines whose dash stands in a column other than 0. */
function deeperDashes(text: string, from: number, end: number, indent: number): number[] | undefined {
  const lines: number[] = [];
  const line = new RegExp(`\\n {0,${indent}}[^ \\r\\n]`, 'g');
  for (line.lastIndex = from - 1; ; ) {
    const found = line.exec(text);
    if (found === null || found.index + 1 >= end) return lines;
    const at = line.lastIndex - 1;
    if (text[at] === '#') continue;
    if (at - found.index - 1 !== indent || !isDash(text, at)) return undefined;
    lines.push(found.index + 1);
  }
}
