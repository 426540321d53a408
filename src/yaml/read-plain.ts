/**
 * Reads a mapping in the plain block style in which Kubernetes objects are written and hosts print them, or declines with
 * undefined: never another value than `yaml` gives, and many times sooner. What it takes, YAML 1.1 and 1.2 read alike:
 *
 * - block mappings and lists, their keys plain words that begin with a letter, none twice;
 * - scalars that end on their line: plain ones, and quoted ones without an escape; `[]`, `{}`, and literal blocks (`|`);
 *   no plain one that either version may take for a date, a boolean or a number in a spelling of its own;
 * - comments and blank lines between; no tab, no control character, no line end but `\n`.
 */
export function readPlain(text: string): Mapping | undefined {
  if (strange.test(text)) return undefined;
  const source: Source = { lines: text.split('\n'), at: 0, depth: 0 };
  const indent = nextIndent(source);
  const value = indent < 0 ? undefined : mapping(source, indent);
  return nextIndent(source) < 0 ? value : undefined;
}

type Value = null | boolean | number | string | readonly Value[] | Mapping;
interface Mapping {
  readonly [key: string]: Value;
}

/** The lines of a text, and the one that comes next. */
interface Source {
  readonly lines: string[];
  at: number;
  depth: number;
}

/** How deep a mapping or list may be nested; `yaml` judges what is deeper. */
const depthLimit = 100;

// biome-ignore lint/suspicious/noControlCharactersInRegex: `\p{Cc}` would take longer to read than all else here
const strange = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff]/;
const sign = /[^ ]/;
const comment = /^ +#/;
const key = /[A-Za-z][\w./-]{0,200}:(?: +|$)/y;
const plain = /^[A-Za-z\d/_]/;
const integer = /^(?:0|-?[1-9]\d{0,14})$/;
/** What begins with a digit and may be a number or a date, beside plain whole numbers. */
const number = /^(?:0[oO][0-7]+|0[xX][\da-fA-F]+|0[bB][01_]+|\d[\d_]*|\d+\.?\d*(?:[eE][-+]?\d+)?|\d{4}-\d\d-\d\d)$/;
const words: ReadonlySet<string> = new Set(['null', 'true', 'false', 'y', 'n', 'yes', 'no', 'on', 'off']);

/** Whether some version of YAML may take a text without quotes for something else. */
export const isWord = (text: string): boolean =>
  text >= '0' && text < ':' ? number.test(text) : text.length <= 5 && words.has(text.toLowerCase());

/** Goes to the next line that is neither blank nor a comment; its indentation, or -1 at the end. */
function nextIndent(source: Source): number {
  for (; source.at < source.lines.length; source.at += 1) {
    const line = lineAt(source);
    const indent = line.search(sign);
    if (indent >= 0 && line[indent] !== '#') return indent;
  }
  return -1;
}

const lineAt = ({ lines, at }: Source): string => lines[at] ?? '';

const isDash = (line: string, at: number): boolean =>
  line[at] === '-' && (at + 1 === line.length || line[at + 1] === ' ');

/** The mapping or list whose lines begin in a column. */
function block(source: Source, indent: number): Value | undefined {
  if (source.depth === depthLimit) return undefined;
  source.depth += 1;
  const value = isDash(lineAt(source), indent) ? list(source, indent) : mapping(source, indent);
  source.depth -= 1;
  return value;
}

function mapping(source: Source, indent: number): Mapping | undefined {
  const entries: Record<string, Value> = {};
  for (let next = indent; next === indent; next = nextIndent(source)) {
    const line = lineAt(source);
    key.lastIndex = indent;
    if (!key.test(line)) return undefined;
    const name = line.slice(indent, line.indexOf(':', indent));
    if (Object.hasOwn(entries, name) || isWord(name)) return undefined;
    const value = behind(source, line.slice(key.lastIndex), indent, true);
    if (value === undefined) return undefined;
    entries[name] = value;
  }
  // What stands deeper goes on with a scalar.
  return nextIndent(source) > indent ? undefined : entries;
}

function list(source: Source, indent: number): readonly Value[] | undefined {
  const items: Value[] = [];
  while (nextIndent(source) === indent && isDash(lineAt(source), indent)) {
    const line = lineAt(source);
    let column = indent + 1;
    while (line[column] === ' ') column += 1;
    key.lastIndex = column;
    const isMapping = key.test(line);
    // An item's first key stands on the line of its dash: without it, the item is a mapping like any other.
    if (isMapping) source.lines[source.at] = ' '.repeat(column) + line.slice(column);
    const item = isMapping ? block(source, column) : behind(source, line.slice(column), indent, false);
    if (item === undefined) return undefined;
    items.push(item);
  }
  return nextIndent(source) > indent ? undefined : items;
}

/** What stands behind a key or a dash whose column is given, on its line or below it. */
function behind(source: Source, text: string, indent: number, ofKey: boolean): Value | undefined {
  source.at += 1;
  if (text.startsWith('|')) {
    const isStripped = text[1] === '-';
    return ofKey && isRest(text.slice(isStripped ? 2 : 1)) ? blockText(source, indent, isStripped) : undefined;
  }
  if (text !== '' && !text.startsWith('#')) return scalar(text);
  const next = nextIndent(source);
  const isBelow = next > indent || (ofKey && next === indent && isDash(lineAt(source), next));
  return isBelow ? block(source, next) : null;
}

function scalar(text: string): Value | undefined {
  if (text.startsWith('"') || text.startsWith("'")) return quoted(text);
  const end = text.indexOf(' #');
  const value = (end < 0 ? text : text.slice(0, end)).trimEnd();
  if (integer.test(value)) return Number(value);
  if (value === '[]') return [];
  if (value === '{}') return {};
  if (!plain.test(value) || value.includes(': ') || value.endsWith(':')) return undefined;
  if (!isWord(value)) return value;
  return value === 'true' ? true : value === 'false' ? false : value === 'null' ? null : undefined;
}

/** The text in quotes that is all its line has, beside a comment; undefined where an escape or a quote may stand in it. */
function quoted(text: string): string | undefined {
  const [quote = ''] = text;
  const end = text.indexOf(quote, 1);
  const inner = text.slice(1, end);
  return end > 0 && !inner.includes('\\') && isRest(text.slice(end + 1)) ? inner : undefined;
}

/** Whether nothing but a comment stands behind a value. */
const isRest = (text: string): boolean => text.search(sign) < 0 || comment.test(text);

/** The text of a literal block below a key: its lines without the indentation of the first one that is not blank. */
function blockText(source: Source, indent: number, isStripped: boolean): string | undefined {
  const from = source.at;
  const isBlank = (line: string) => line.search(sign) < 0;
  while (source.at < source.lines.length && isBlank(lineAt(source))) source.at += 1;
  const depth = Math.max(0, lineAt(source).search(sign));
  // Blank lines that stand deeper than the text are a mistake; without text they are the text.
  if (depth <= indent || source.lines.slice(from, source.at).some(line => line.length > depth)) return undefined;
  const margin = ' '.repeat(depth);
  while (source.at < source.lines.length && (isBlank(lineAt(source)) || lineAt(source).startsWith(margin)))
    source.at += 1;
  const text = source.lines.slice(from, source.at).map(line => line.slice(depth));
  while (text.at(-1) === '') text.pop();
  return text.join('\n') + (isStripped ? '' : '\n');
}
