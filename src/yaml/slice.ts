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
export function positionAt(text: string, offset: number): Position {
  let line = 1;
  let start = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', start)) {
    line += 1;
    start = at + 1;
  }
  return { line, column: offset - start + 1 };
}

/** A position counted from a slice's first character, in the coordinates of the file that the slice stands in. */
export const inFile = ({ line, column }: Pick<Slice, 'line' | 'column'>, position: Position): Position => ({
  line: line + position.line - 1,
  column: position.line === 1 ? column + position.column - 1 : position.column,
});
