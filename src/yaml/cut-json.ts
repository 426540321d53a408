import type { Cut, Entry, Range } from './cut.ts';

/** Cuts a list that is JSON, or declines with undefined. `JSON.parse` vouches for the text, so that brackets outside of strings are structure. */
export function cutJson(text: string): Cut | undefined {
  const open = /^\s*\{/.exec(text)?.[0].length;
  if (open === undefined || !isJson(text)) return undefined;
  const entries = parts(text, open).map(part => entryOf(text, part));
  const keys = new Set(entries.map(({ key }) => key));
  const items = entries.find(({ key }) => key === 'items');
  if (keys.size < entries.length || items === undefined) return undefined;
  const list = text.slice(items.value, items.value + 1);
  if (list !== '[') return undefined;
  return {
    apiVersion: wordOf(text, entries, 'apiVersion'),
    kind: wordOf(text, entries, 'kind'),
    outer: 'flow',
    margin: 0,
    entries,
    form: 'flow',
    indent: 0,
    items: parts(text, items.value + 1),
  };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function entryOf(text: string, { start, end }: Range): Entry {
  const quote = closingQuote(text, start);
  const value = /\s*:\s*/y;
  value.lastIndex = quote + 1;
  value.test(text);
  return { key: String(JSON.parse(text.slice(start, quote + 1))), start, value: value.lastIndex, end };
}

function wordOf(text: string, entries: readonly Entry[], wanted: string): string | undefined {
  const entry = entries.find(({ key }) => key === wanted);
  const value: unknown = entry && JSON.parse(text.slice(entry.value, entry.end));
  return typeof value === 'string' ? value : undefined;
}

/** The texts between the commas of the object or list that opens just before an offset. */
function parts(text: string, from: number): Range[] {
  const found: Range[] = [];
  let depth = 1;
  let start = from;
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x22) at = closingQuote(text, at);
    else if (code === 0x5b || code === 0x7b) depth += 1;
    else if (code === 0x5d || code === 0x7d) depth -= 1;
    if (depth === 0 || (depth === 1 && code === 0x2c)) {
      const part = trimmed(text, start, at);
      if (part.start < part.end) found.push(part);
      if (depth === 0) break;
      start = at + 1;
    }
  }
  return found;
}

function trimmed(text: string, from: number, to: number): Range {
  let start = from;
  let end = to;
  while (start < end && text.charCodeAt(start) <= 0x20) start += 1;
  while (end > start && text.charCodeAt(end - 1) <= 0x20) end -= 1;
  return { start, end };
}

/** Where the string that opens at an offset closes. */
function closingQuote(text: string, open: number): number {
  for (let at = text.indexOf('"', open + 1); ; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text[at - 1 - slashes] === '\\') slashes += 1;
    if (slashes % 2 === 0) return at;
  }
}
