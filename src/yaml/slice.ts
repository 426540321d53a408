/** One object of the input as it came: its text, and where it stands. */
export interface Slice {
  /** The exact text, to be written back unchanged. A block item is whole lines: the comments above its dash, and all up to the next item. */
  readonly text: string;
  /** Where it stands in a list of bytes, if it was cut out of one: its text is then decoded whenever it is read, and most never are. */
  readonly within?: Within;
  /** Its type, where its first two lines say it plainly. */
  readonly type?: TypeMeta | undefined;
  /** Present where it stands for several items of a list. */
  readonly run?: Run | undefined;
  /** `block`: an item of a block list; `flow`: an item of a flow list or of JSON; `document`: a document of its own; `live`: an object of a cluster, without text. */
  readonly form: 'block' | 'flow' | 'document' | 'live';
  /** The file as the user named it; absent for standard input. */
  readonly file?: string;
  /** The line of the file, from 1, on which the text begins. */
  readonly line: number;
  /** The column, from 1, at which the text begins. */
  readonly column: number;
  /** Its place among the objects of its file, from 0. */
  readonly index: number;
}

/** A stretch of UTF-8. */
export interface Within {
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
}

/** The `apiVersion` and the `kind` of an object. */
export interface TypeMeta {
  readonly apiVersion: string;
  readonly kind: string;
}

/** Neighbors in a list that are one slice. */
export interface Run {
  /** Their types; undefined among them for items that do not say it plainly. */
  readonly types: ReadonlySet<TypeMeta | undefined>;
  /** Each by itself: the same slices each time. */
  readonly open: () => readonly Slice[];
  /** The same items in as few slices as a test leaves: those of types that pass it are runs, each other one is by itself. */
  readonly apart: (isPassing: (type: TypeMeta) => boolean) => readonly Slice[];
}

/** The items that a slice stands for: the same ones each time. */
export const opened = (slice: Slice): readonly Slice[] => slice.run?.open() ?? [slice];

/** Whether a word stands in a slice as it is. */
export function holds(slice: Pick<Slice, 'text' | 'within'>, word: string): boolean {
  const { within } = slice;
  if (within === undefined) return slice.text.includes(word);
  const next = places(within.bytes, word, within.start);
  return next !== -1 && next + word.length <= within.end;
}

/** The last answer for each word: slices are asked about in their order, so that each word is looked for once in all of them. */
const found = new WeakMap<Buffer, Map<string, { from: number; at: number }>>();

/** Where a word next stands in bytes, from an offset on; -1 if nowhere. */
function places(bytes: Buffer, word: string, from: number): number {
  const words = found.get(bytes) ?? new Map<string, { from: number; at: number }>();
  found.set(bytes, words);
  const last = words.get(word);
  if (last !== undefined && last.from <= from && (last.at === -1 || from <= last.at)) return last.at;
  const at = bytes.indexOf(word, from);
  words.set(word, { from, at });
  return at;
}

/** A line and a column, both from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** The position of an offset in a text, as if the text were a file. */
export const positionAt = (text: string, offset: number): Position => lineCounter(text)(offset);

/** The positions of offsets that only grow: each line is counted once, and looked for once. */
export function lineCounter(text: string | Buffer): (offset: number) => Position {
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
export function withoutDash({ text, form }: Pick<Slice, 'text' | 'form'>): string {
  if (form !== 'block') return text;
  const column = text.search(/[^ ]/);
  return text[column] === '-' ? `${' '.repeat(column + 1)}${text.slice(column + 1)}` : text.replace(dash, '$1$2 ');
}

/** The column, from 0, of a block item's dash. */
export const indentOf = ({ text }: Pick<Slice, 'text'>): number => dash.exec(text)?.[2]?.length ?? 0;
