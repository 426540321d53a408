/** One object of the input as it came: its text, and where it stands. */
export interface Slice {
  /** The exact text, to be written back unchanged. A block item is whole lines: the comments above its dash, and all up to the next item. */
  readonly text: string;
  /** `block`: an item of a block list; `flow`: an item of a flow list or of JSON; `document`: a document of its own. */
  readonly form: 'block' | 'flow' | 'document';
  /** The file as the user named it; absent for standard input. */
  readonly file?: string;
  /** The line of the file, from 1, on which the text begins. */
  readonly line: number;
  /** The column, from 1, at which the text begins. */
  readonly column: number;
  /** Its place among the objects of its file, from 0. */
  readonly index: number;
}

/** A line and a column, both from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** The position of an offset in a text, as if the text were a file. */
export const positionAt = (text: string, offset: number): Position => lineCounter(text)(offset);

/** The positions of offsets that only grow: each line is counted once, and looked for once. */
export function lineCounter(text: string): (offset: number) => Position {
  let line = 1;
  let start = 0;
  let end = text.indexOf('\n');
  return offset => {
    while (end !== -1 && end < offset) {
      line += 1;
      start = end + 1;
      end = text.indexOf('\n', start);
    }
    return { line, column: offset - start + 1 };
  };
}

/** A position counted from a slice's first character, in the coordinates of the file that the slice stands in. */
export const inFile = ({ line, column }: Pick<Slice, 'line' | 'column'>, position: Position): Position => ({
  line: line + position.line - 1,
  column: position.line === 1 ? column + position.column - 1 : position.column,
});

/** Blank lines, comments and spaces up to a block item's dash. */
const dash = /^((?:[ \t]*(?:#[^\n]*)?\r?\n)*)( *)-/;

/** A block item's text with its dash blanked: the item as a document, every column as it was. */
export const withoutDash = ({ text, form }: Pick<Slice, 'text' | 'form'>): string =>
  form === 'block' ? text.replace(dash, '$1$2 ') : text;

/** The column, from 0, of a block item's dash. */
export const indentOf = ({ text }: Pick<Slice, 'text'>): number => dash.exec(text)?.[2]?.length ?? 0;

/** A text that ends its last line. */
export const ended = (text: string): string => (text.endsWith('\n') ? text : `${text}\n`);
