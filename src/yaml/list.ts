import type { Report } from '../diagnostics/report.ts';
import { parser } from '../on-demand.ts';
import type { Cut, Entry } from './cut.ts';
import { cutJson } from './cut-json.ts';
import { cutByLines } from './cut-lines.ts';
import { cutFrom, inFile, lineCounter, type Slice } from './slice.ts';
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
  if (!isList(cut)) {
    const found =
      cut.kind === undefined ? 'it has no kind' : `its kind is ${cut.kind} of ${cut.apiVersion ?? 'no apiVersion'}`;
    report.add('WO1010', { slice, position: { line: 1, column: 1 } }, { found });
    return undefined;
  }
  return listOf(slice, cut, (start, end, rest) => ({ text: slice.text.slice(start, end), ...rest }));
}

/** The same for UTF-8: where its lines alone say where an item begins, no item is decoded. */
export function splitBytes(bytes: Buffer, report: Report): List | undefined {
  // Every sign that the cut looks at is one byte, and no byte of a longer one: Latin-1 has them in the same places.
  const text = bytes.toString('latin1');
  const cut = cutByLines(text);
  if (cut === undefined || !isList(cut)) return splitList(bytes.toString('utf8'), report);
  return listOf({ text, line: 1, column: 1 }, cut, (start, end, rest) => cutFrom({ bytes, start, end }, rest));
}

const isList = ({ kind, apiVersion = '' }: Cut): boolean => kind === 'ResourceList' && apiVersions.includes(apiVersion);

/** A stretch of a list's text with what else is to be said of it. */
type Part = <Rest extends object>(start: number, end: number, rest: Rest) => Pick<Slice, 'text' | 'within'> & Rest;

function listOf(whole: Pick<Slice, 'text' | 'line' | 'column'>, cut: Cut, part: Part): List {
  const counter = lineCounter(whole.text);
  const config = cut.entries.find(({ key }) => key === 'functionConfig');
  const items = cut.entries.find(({ key }) => key === 'items');
  const [first] = cut.form === 'block' ? cut.items : [];
  const functionConfig = config && configOf(whole, config, cut.outer, part);
  return {
    apiVersion: cut.apiVersion ?? '',
    items: cut.items.map(({ start, end, text }, index): Slice => {
      const place = { form: cut.form, ...inFile(whole, counter(start)), index };
      return text === undefined ? part(start, end, place) : { text, ...place };
    }),
    ...(functionConfig !== undefined && { functionConfig }),
    layout: cut,
    ...(first !== undefined && { head: part(items?.start ?? first.start, first.start, {}).text }),
    entries: cut.entries.map(({ key, start, end, text }) =>
      text === undefined ? part(start, end, { key }) : { key, text },
    ),
  };
}

/** The value of functionConfig; undefined where it is empty. A text of its own begins with its key too. */
function configOf(
  whole: Pick<Slice, 'text' | 'line' | 'column'>,
  { value, end, text }: Entry,
  outer: Cut['outer'],
  part: Part,
): Slice | undefined {
  const own = text?.slice(text.indexOf(':') + 1) ?? part(value, end, {}).text;
  if (/^(?:\s|#[^\n]*)*(?:null|~)?(?:\s|#[^\n]*)*$/.test(own)) return undefined;
  const form = outer === 'block' ? 'document' : 'flow';
  return { text: own, form, ...inFile(whole, lineCounter(whole.text)(value)), index: 0 };
}
