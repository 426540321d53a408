import { Lexer } from 'yaml';

/** What the lexer puts in beside pieces of the text: the beginnings of documents and scalars, and flows that end too early. */
const marks = ['\u0002', '\u0018', '\u001f'];

/** A text that ends in a block scalar, with the sign in that scalar's header by which no line end is part of its value; any other text as it is. */
export function withClosedScalar(text: string): string {
  let at = 0;
  let header: { readonly start: number; readonly end: number } | undefined;
  let lines = 0;
  for (const lexeme of new Lexer().lex(text)) {
    if (marks.includes(lexeme)) continue;
    if (/^[|>][-+\d]*$/.test(lexeme)) {
      header = { start: at, end: at + lexeme.length };
      lines = 0;
    } else if (header !== undefined && (lines > 0 || !/^[ \t]+$|^#/.test(lexeme))) {
      // Behind the header, and maybe a comment, come the end of its line and the scalar as one piece.
      lines += 1;
      if (lines > 2) header = undefined;
    }
    at += lexeme.length;
  }
  if (header === undefined || lines !== 2) return text;
  const sign = text.slice(header.start, header.end).replace(/[-+]/, '');
  return `${text.slice(0, header.start)}${sign}-${text.slice(header.end)}`;
}
