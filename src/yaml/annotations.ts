import { isMap, isScalar } from 'yaml';
import { Report } from '../diagnostics/report.ts';
import { readDocument } from './document.ts';
import { printNode } from './expand.ts';
import type { Slice } from './slice.ts';

/** An object without the annotations whose names a pattern finds: printed anew only where it has one. */
export function withoutAnnotations(slice: Slice, unwanted: RegExp): Slice {
  const contents = readDocument(slice, new Report(), true)?.contents;
  const metadata = isMap(contents) ? contents.get('metadata') : undefined;
  const annotations = isMap(metadata) ? metadata.get('annotations') : undefined;
  if (!isMap(contents) || !isMap(metadata) || !isMap(annotations)) return slice;
  const before = annotations.items.length;
  annotations.items = annotations.items.filter(({ key }) => !(isScalar(key) && unwanted.test(String(key.value))));
  if (annotations.items.length === before) return slice;
  if (annotations.items.length === 0) metadata.delete('annotations');
  return { ...slice, text: printNode(contents), form: 'document' };
}
