import type { Report } from '../diagnostics/report.ts';
import { lineCounter, positionAt, type Slice } from './slice.ts';

/**
 * Cuts a text into its YAML documents; those of comments alone are none.
 *
 * Only a line that begins with `---` or `...` in column 0 ends a document, whatever stands before it: YAML forbids both in
 * quoted and block text.
 */
export function splitDocuments(text: string, report: Report, file?: string): Slice[] {
  const slices: Slice[] = [];
  const counter = lineCounter(text);
  const add = (from: number, end: number): void => {
    const start = skipDirectives(text, from, end, (directive, offset) => {
      report.add('WO1012', { ...(file !== undefined && { file }), position: positionAt(text, offset) }, { directive });
    });
    const part = text.slice(start, end);
    if (!hasContent.test(part)) return;
    slices.push({
      text: part,
      form: 'document',
      ...(file !== undefined && { file }),
      ...counter(start),
      index: slices.length,
    });
  };
  let start = 0;
  for (const { 0: mark, index } of text.matchAll(boundary)) {
    add(start, mark.startsWith('\n') ? index + 1 : index);
    start = index + mark.length;
    // What stands beside the mark belongs to the document; a bare line end does not.
    const rest = /[ \t]*\r?\n/y;
    rest.lastIndex = start;
    if (rest.test(text)) start = rest.lastIndex;
  }
  add(start, text.length);
  return slices;
}

/** Not `^` with the m flag, which also matches behind U+2028: for YAML 1.2 that is no line end. */
const boundary = /(?:^|\n)(?:---|\.\.\.)(?=[ \t\r\n]|$)/g;
const hasContent = /(?:^|\n)[ \t]*[^\s#]/;

/** Where a document begins behind its directives; `%YAML` says nothing that we need, others could change what tags mean. */
function skipDirectives(
  text: string,
  from: number,
  end: number,
  refuse: (directive: string, offset: number) => void,
): number {
  const line = /(?:[ \t]*(?:#[^\n]*)?\r?\n)*(%\S*)[^\n]*\n?/y;
  let start = from;
  for (line.lastIndex = from; start < end; start = line.lastIndex) {
    const directive = line.exec(text)?.[1];
    if (directive === undefined) break;
    if (directive !== '%YAML') refuse(directive, text.indexOf(directive, start));
  }
  return start;
}
