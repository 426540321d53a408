import type { Report } from '../diagnostics/report.ts';
import { parser } from '../on-demand.ts';
import type { Cut, Entry } from './cut.ts';
import { cutJson } from './cut-json.ts';
import { cutByLines } from './cut-lines.ts';
import { inFile, lineCounter, type Slice } from './slice.ts';
import { cutDocuments } from './split.ts';

/** A ResourceList cut into its parts: its items and its functionConfig as slices, and what is needed to write it again. */
export interface List {
  readonly apiVersion: string;
  readonly items: readonly Slice[];
  readonly functionConfig?: Slice;
  readonly layout: Pick<Cut, 'outer' | 'margin' | 'form' | 'indent'>;
  /** What stands ahead of the first item of a block list: its key, and the comments above it. */
  readonly head?: string;
  /** The parts of the outer mapping in their order, each with its text; the one of `items` holds the list. */
  readonly entries: readonly { readonly key: string; readonly text: string }[];
}

const apiVersions = ['config.kubernetes.io/v1', 'config.kubernetes.io/v1beta1'];

/** Cuts a ResourceList without parsing its items wherever that is safe; undefined once a reason was reported. */
export function splitList(text: string, report: Report): List | undefined {
  const [slice, second] = cutDocuments(text, report);
  if (slice === undefined || second !== undefined) {
    const found = slice === undefined ? 'it is empty' : 'it holds more than one document';
    report.add('WO1010', second && { slice: second, position: { line: 1, column: 1 } }, { found });
    return undefined;
  }
  const cut = cutByLines(slice.text) ?? cutJson(slice.text) ?? parser().cutSlice(slice, report);
  if (cut === undefined) return undefined;
  if (cut.kind !== 'ResourceList' || !apiVersions.includes(cut.apiVersion ?? '')) {
    const found =
      cut.kind === undefined ? 'it has no kind' : `its kind is ${cut.kind} of ${cut.apiVersion ?? 'no apiVersion'}`;
    report.add('WO1010', { slice, position: { line: 1, column: 1 } }, { found });
    return undefined;
  }
  return listOf(slice, cut, cut.apiVersion ?? '');
}

function listOf(slice: Slice, cut: Cut, apiVersion: string): List {
  const { text } = slice;
  const counter = lineCounter(text);
  const entry = cut.entries.find(({ key }) => key === 'functionConfig');
  const [first] = cut.form === 'block' ? cut.items : [];
  const head = first && text.slice(cut.entries.find(({ key }) => key === 'items')?.start, first.start);
  const functionConfig = entry && configOf(slice, entry, cut.outer);
  return {
    apiVersion,
    items: cut.items.map((item, index) => ({
      text: item.text ?? text.slice(item.start, item.end),
      form: cut.form,
      ...inFile(slice, counter(item.start)),
      index,
    })),
    ...(functionConfig !== undefined && { functionConfig }),
    layout: cut,
    ...(head !== undefined && { head }),
    entries: cut.entries.map(({ key, start, end, text: own = text.slice(start, end) }) => ({ key, text: own })),
  };
}

/** The value of functionConfig; undefined where it is empty. A text of its own begins with its key too. */
function configOf(slice: Slice, { value, end, text }: Entry, outer: Cut['outer']): Slice | undefined {
  const own = text?.slice(text.indexOf(':') + 1) ?? slice.text.slice(value, end);
  if (/^(?:\s|#[^\n]*)*(?:null|~)?(?:\s|#[^\n]*)*$/.test(own)) return undefined;
  const form = outer === 'block' ? 'document' : 'flow';
  return { text: own, form, ...inFile(slice, lineCounter(slice.text)(value)), index: 0 };
}
