import { quoted, scalar } from './print-scalar.ts';

/** Our objects as block YAML that a 1.1 reader and a 1.2 reader take for the same value; keys in the order they were set. */
export const print = (value: object): string => `${block(value, '')}\n`;

/** A value on one line, as messages show what to write: `{kind: ExternalService, …}`. */
export function printFlow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(printFlow).join(', ')}]`;
  if (isObject(value)) return `{${entriesOf(value, (key, item) => `${inFlow(key)}: ${printFlow(item)}`).join(', ')}}`;
  return inFlow(value);
}

/** Inside brackets and braces they and the comma end a text. */
const inFlow = (value: unknown): string =>
  typeof value === 'string' && /[[\]{},]/.test(value) ? quoted(value) : scalar(value);

/** An object as an item of a block list whose dashes stand at `indent`. */
export const printItem = (value: object, indent: number): string => {
  const margin = ' '.repeat(indent);
  return `${margin}- ${block(value, `${margin}  `)}\n`;
};

/** Block text moved to the right or, by a negative number, to the left, where a line may have less to give. */
export const shifted = (text: string, by: number): string =>
  by < 0 ? text.replace(new RegExp(`(^|\\n) {1,${-by}}`, 'g'), '$1') : indented(text, by);

/** The text of a document as an item of a block list whose dashes stand at `indent`. */
export const asItem = (text: string, indent: number): string =>
  `${' '.repeat(indent)}- ${indented(text, indent + 2).slice(indent + 2)}`;

/** Block text moved to the right; blank lines stay blank. Not by `^` with the m flag, which also matches behind U+2028. */
export function indented(text: string, indent: number): string {
  if (indent === 0) return text;
  const margin = ' '.repeat(indent);
  return (text.startsWith('\n') ? '' : margin) + text.replace(/\n(?=[^\n])/g, `\n${margin}`);
}

/** A mapping or list whose first line is indented already; the other lines begin with the margin. */
function block(value: object, margin: string): string {
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    return value.map(item => `- ${isObject(item) ? block(item, `${margin}  `) : scalar(item)}`).join(`\n${margin}`);
  }
  return entriesOf(value, (key, item) => `${scalar(key)}:${behindKey(item, margin)}`).join(`\n${margin}`) || '{}';
}

/** What is undefined is absent, as in JSON. */
function entriesOf(value: object, print: (key: string, item: unknown) => string): readonly string[] {
  const printed: string[] = [];
  const fields = value as Readonly<Record<string, unknown>>;
  for (const key of Object.keys(fields)) if (fields[key] !== undefined) printed.push(print(key, fields[key]));
  return printed;
}

/** A list stands in the column of its key, a mapping two columns deeper. */
function behindKey(value: unknown, margin: string): string {
  if (!isObject(value)) return ` ${scalar(value)}`;
  const inner = Array.isArray(value) ? margin : `${margin}  `;
  const text = block(value, inner);
  return text === '[]' || text === '{}' ? ` ${text}` : `\n${inner}${text}`;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
