import type { Report } from '../diagnostics/report.ts';
import { parser } from '../on-demand.ts';
import { cutJson } from './cut-json.ts';
import { inFile, lineCounter, type Slice } from './slice.ts';

/** The items of a list, each as it is written, in the lines and columns of its file; none once a reason was reported. */
export function listItems(list: Slice, report: Report): readonly Slice[] {
  const cut = (list.form === 'block' ? undefined : cutJson(list.text)) ?? parser().cutSlice(list, report);
  if (cut === undefined) return [];
  const { run: _, within: __, type: ___, ...place } = list;
  const counter = lineCounter(list.text);
  return cut.items.map(({ start, end, text = list.text.slice(start, end) }) => ({
    ...place,
    text,
    form: cut.form,
    ...inFile(list, counter(start)),
  }));
}
