import { parser } from '../on-demand.ts';

/**
 * A text that ends its last line: what ends in a block scalar without one gets the sign that the end of the line is no part of
 * its value, as Go's readers see it.
 */
export function ended(text: string): string {
  if (text.endsWith('\n')) return text;
  return `${/[|>]/.test(text) ? parser().withClosedScalar(text) : text}\n`;
}
