/** Where the parts of a list stand in its text; every offset is one of the text. */
export interface Cut {
  readonly apiVersion: string | undefined;
  readonly kind: string | undefined;
  /** How the outer mapping is written. */
  readonly outer: 'block' | 'flow';
  /** The column, from 0, of the outer mapping's keys. */
  readonly margin: number;
  /** The outer mapping's keys in their order, `items` among them. */
  readonly entries: readonly Entry[];
  readonly form: 'block' | 'flow';
  /** The column, from 0, of the dashes of `items`. */
  readonly indent: number;
  readonly items: readonly Range[];
}

/** A stretch of the text; `text` stands in for it where it refers to an anchor outside itself, or is a pair in a flow list, without the braces that it needs elsewhere. */
export interface Range {
  readonly start: number;
  readonly end: number;
  readonly text?: string;
  readonly isPair?: boolean;
}

/** One key of the outer mapping: whole lines in a block, `key: value` without commas in flow style. */
export interface Entry extends Range {
  readonly key: string;
  /** Where its value begins, behind the colon. */
  readonly value: number;
}

/**
 * Where each part begins whose dash or key stands on one of the lines: with the first comment of those directly above it
 * that stand no deeper than it does. The first part begins at `from`.
 *
 * Such a comment can be no text of a block scalar, which is indented more deeply than the dash or key that it belongs to.
 */
export function startsOf(text: string, lines: readonly number[], from: number, indent: number): readonly number[] {
  if (!hasComments(text)) return lines.map((line, index) => (index === 0 ? from : line));
  return lines.map((line, index) =>
    index === 0 ? from : withCommentsAbove(text, line, nextLine(text, lines[index - 1] ?? 0), indent),
  );
}

/** Whether any line may be a comment. */
function hasComments(text: string): boolean {
  for (let at = text.indexOf('#'); at !== -1; at = text.indexOf('#', at + 1)) {
    let before = at - 1;
    while (text[before] === ' ') before -= 1;
    if (before < 0 || text[before] === '\n') return true;
  }
  return false;
}

function withCommentsAbove(text: string, line: number, floor: number, indent: number): number {
  let start = line;
  while (start > floor) {
    const above = text.lastIndexOf('\n', start - 2) + 1;
    if (above < floor) break;
    let at = above;
    while (text[at] === ' ') at += 1;
    if (text[at] !== '#' || at - above > indent) break;
    start = above;
  }
  return start;
}

/** The items between dashes: each from its comments to those of the next one. */
export function rangesOf(text: string, lines: readonly number[], from: number, end: number, indent: number): Range[] {
  const starts = startsOf(text, lines, from, indent);
  return starts.map((start, index) => ({ start, end: starts[index + 1] ?? end }));
}

/** Where the line behind an offset begins. */
export function nextLine(text: string | Buffer, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end + 1;
}
