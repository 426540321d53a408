import type { Report } from '../diagnostics/report.ts';
import type { Generated } from '../emit.ts';
import { print } from '../yaml/print.ts';
import { ended, type Slice, withoutDash } from '../yaml/slice.ts';
import { splitDocuments } from '../yaml/split.ts';
import { decode } from './text.ts';

/** The objects of one file of YAML documents or JSON. */
export function readDocuments(bytes: Uint8Array, file: string | undefined, report: Report): Slice[] {
  const text = decode(bytes, file, report);
  return text === undefined ? [] : splitDocuments(text, report, file);
}

/** Objects as one stream of YAML documents: what was there as it came, `---` between them. */
export const writeDocuments = (items: readonly (Slice | Generated)[]): string =>
  items.map(item => ended('resource' in item ? print(item.resource) : withoutDash(item))).join('---\n');
