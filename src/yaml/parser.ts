import type { Report } from '../diagnostics/report.ts';
import type { Cut } from './cut.ts';
import { cutByParse } from './cut-parse.ts';
import { readDocument, resolve, treeOf } from './document.ts';
import { flowText } from './flow-text.ts';
import type { Slice } from './slice.ts';

export { withoutAnnotations } from './annotations.ts';
export { withClosedScalar } from './closed-scalar.ts';
export { locate } from './locate.ts';
export { readingsOf } from './readings.ts';
export { parseValue } from './value.ts';
export { differingIn } from './versions.ts';

// All that needs the package `yaml` lies behind this file, which `on-demand.ts` loads.

/** The value that a slice holds; undefined once a mistake in it was reported. */
export function parseSlice(slice: Slice, report: Report): unknown {
  const document = readDocument(slice, report);
  return document && resolve(slice, document, report);
}

/** Where the parts of a list stand, however it is written; undefined once a reason was reported. */
export function cutSlice(slice: Slice, report: Report): Cut | undefined {
  const document = readDocument(slice, report);
  return document && cutByParse(slice, document, report);
}

/** An object on one line, as an item of a flow list; empty where it cannot be read. */
export function inFlow(slice: Slice): string {
  const document = treeOf(slice);
  return (document && flowText(document.contents, document)) ?? '';
}
