import { Lexer } from 'yaml';

/** How deep a text may be nested: far beyond any Kubernetes object, and well within the stack. */
export const depthLimit = 500;

/** Whether a text is nested too deeply for a parser that recurses; one linear scan, for texts that are about to be parsed. */
export const isTooDeep = (text: string): boolean => flowDepth(text) + blockDepth(text) > depthLimit;

/** Levels by indentation and by the dashes at the head of a line; text in block scalars counts, and stays far below the limit. */
function blockDepth(text: string): number {
  const columns: number[] = [];
  let deepest = 0;
  const head = /(?:^|\n)((?: |[-?:] )*)(?![\s#])/g;
  for (const [, lead = ''] of text.matchAll(head)) {
    for (let column = 0; column <= lead.length; column += 1) {
      if (lead[column] === ' ') continue;
      while ((columns.at(-1) ?? -1) >= column) columns.pop();
      columns.push(column);
      if (columns.length > deepest) deepest = columns.length;
    }
  }
  return deepest;
}

/** Levels of brackets and braces. Few openers cannot nest deeply; only where there are many does the lexer tell which are text. */
function flowDepth(text: string): number {
  if (countUpTo(text, /[[{]/g, depthLimit) < depthLimit) return 0;
  let depth = 0;
  let deepest = 0;
  for (const lexeme of new Lexer().lex(text)) {
    // A scalar is one lexeme, quotes or indentation included, and a plain one cannot begin with a bracket.
    if (lexeme === '[' || lexeme === '{') depth += 1;
    else if ((lexeme === ']' || lexeme === '}') && depth > 0) depth -= 1;
    if (depth > deepest) deepest = depth;
    if (deepest > depthLimit) break;
  }
  return deepest;
}

function countUpTo(text: string, pattern: RegExp, limit: number): number {
  let count = 0;
  while (count < limit && pattern.test(text)) count += 1;
  return count;
}
