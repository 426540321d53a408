import type { Report, Where } from './diagnostics/report.ts';
import { re2 } from './on-demand.ts';

/** A text as a regular expression that matches it alone, for Istio's RE2 as for JavaScript. */
export const literal = (text: string): string =>
  // RE2 knows no escape of a letter, nor of what is beyond ASCII.
  text.replace(/[^\w/:\u0080-\uffff-]/g, '\\$&');

/** How many bytes istiod lets a regular expression have. */
const longest = 1024;

/** Whether istiod and Envoy take a regular expression; reported if not, since they would refuse all that stands beside it. */
export function isExpression(text: string, where: Where, report: Report): boolean {
  const problem = problemOf(text);
  if (problem !== undefined) report.add('WO1340', where, { expression: shown(text), problem });
  return problem === undefined;
}

function problemOf(text: string): string | undefined {
  const length = new TextEncoder().encode(text).length;
  if (length > longest) return `it has ${length} bytes, and ${longest} are allowed`;
  const read = re2().read(text);
  return 'problem' in read ? read.problem : undefined;
}

const shown = (text: string): string => (text.length > 100 ? `${text.slice(0, 100)}\u2026` : text);

/** Why a text cannot take the place of what a regular expression matched; undefined if it can. */
export function substitutionProblem(expression: string, substitution: string): string | undefined {
  if (substitution === '') return 'is empty, and Istio takes no empty one';
  const { groups } = { groups: 9, ...re2().read(expression) };
  for (const [written, behind = ''] of substitution.matchAll(/\\(.?)/gsu)) {
    if (behind === '\\') continue;
    if (!/\d/.test(behind)) return `has ${written}, where a backslash begins a number, as in \\1, or is written twice`;
    if (Number(behind) > groups) return `asks for group ${behind}, and the expression has ${groups}`;
  }
  return undefined;
}
