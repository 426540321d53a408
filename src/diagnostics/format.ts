import { compare } from '../order.ts';
import { fileOf } from './krm-results.ts';
import { type Location, locationOf, pointer, subject } from './location.ts';
import { paint } from './paint.ts';
import { printable, printableJson, printableLines } from './printable.ts';
import type { Diagnostic } from './report.ts';

const weight = { error: 0, warning: 1, info: 2 };

/** The diagnostics by file, place among the file's objects, severity, then words: the order in which kyaml shows results. */
export const sorted = (diagnostics: readonly Diagnostic[]): Diagnostic[] =>
  diagnostics
    .map(diagnostic => ({ diagnostic, ...rankOf(diagnostic) }))
    .sort(
      (one, other) =>
        compare(one.path, other.path) ||
        one.index - other.index ||
        weight[one.diagnostic.severity] - weight[other.diagnostic.severity] ||
        compare(one.diagnostic.message, other.diagnostic.message),
    )
    .map(({ diagnostic }) => diagnostic);

function rankOf({ where }: Diagnostic): { readonly path: string; readonly index: number } {
  const slice = where?.source?.slice ?? where?.slice;
  return fileOf(where) ?? { path: '', index: slice?.index ?? 0 };
}

/** Whether any of them means that nothing may be written. */
export const failed = (diagnostics: readonly Diagnostic[]): boolean =>
  diagnostics.some(({ severity }) => severity === 'error');

const colours = { error: 'red', warning: 'yellow', info: 'blue' } as const;

/** One diagnostic for people: `file:line:column: error[WO2001]: …`, and below it the object, the other places and the way out. */
export function textOf({ code, severity, message, hint, where, related }: Diagnostic, colour: boolean): string {
  const location = locationOf(where);
  const at = pointer(location);
  const label = `${severity}[${code}]`;
  const title = [...(at === '' ? [] : [printable(at)]), colour ? paint([colours[severity], 'bold'], label) : label];
  const lines = [
    `${title.join(': ')}: ${printable(message)}`,
    ...(subject(location) === '' ? [] : [`in ${printable(subject(location))}`]),
    ...related.map(({ words, where }) => printable(`${words} ${nearby(locationOf(where))}`)),
    ...(hint === undefined ? [] : [`hint: ${printableLines(hint)}`]),
  ];
  return `${lines.join('\n').replaceAll('\n', '\n  ')}\n`;
}

const nearby = (location: Location): string =>
  [pointer(location), subject(location)].filter(part => part !== '').join(', ');

/** The diagnostics for programs: a JSON array, each with every place that it speaks of. */
export function jsonOf(diagnostics: readonly Diagnostic[]): string {
  const entries = diagnostics.map(({ code, severity, message, hint, where, related }) => ({
    code,
    severity,
    message,
    hint,
    ...locationOf(where),
    related: related.map(({ words, where }) => ({ words, ...locationOf(where) })),
  }));
  // JSON leaves the controls above ASCII as they are; a terminal would obey some of them.
  return `${printableJson(JSON.stringify(entries, undefined, 2))}\n`;
}
