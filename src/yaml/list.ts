import { Report } from '../diagnostics/report.ts';
import { isObject } from '../object.ts';
import { parser } from '../on-demand.ts';
import { isNear } from '../spelling.ts';
import type { Cut, Range } from './cut.ts';
import { cutJson } from './cut-json.ts';
import { cutByLines, type LineCut } from './cut-lines.ts';
import { inFile, lineCounter, type Position, positionAt, type Slice } from './slice.ts';
import { mayMention, readings } from './source.ts';
import { splitDocuments } from './split.ts';

/** A ResourceList cut into its parts: its items and its functionConfig as slices, and what is needed to write it again. */
export interface List {
  /** Where lines alone cut it, all of them are one slice. */
  readonly items: readonly Slice[];
  readonly functionConfig?: Slice;
  readonly layout: Pick<Cut, 'outer' | 'margin' | 'form' | 'indent'>;
  /** What stands ahead of the first item of a block list: its key, and the comments above it. */
  readonly head?: string;
  /** The parts of the outer mapping in their order, each with its text; the one of `items` holds the list. */
  readonly entries: readonly { readonly key: string; readonly text: string }[];
}

const apiVersions = ['config.kubernetes.io/v1', 'config.kubernetes.io/v1beta1'];

/** Whether a text is one document, and that a ResourceList. */
export function isResourceList(bytes: Buffer): boolean {
  const quick = cutByLines(bytes);
  if (quick !== undefined) return quick.kind === 'ResourceList';
  if (!mayMention({ text: '', within: { bytes, start: 0, end: bytes.length } }, ['ResourceList'])) return false;
  const [slice, second] = splitDocuments(bytes.toString('utf8'), new Report());
  if (slice === undefined || second !== undefined) return false;
  return readings(slice).values.some(value => isObject(value) && value.kind === 'ResourceList');
}

/** Cuts a ResourceList without parsing or decoding its items wherever that is safe; undefined once a reason was reported. */
export function splitList(bytes: Buffer, report: Report): List | undefined {
  const quick = cutByLines(bytes);
  if (quick !== undefined && isList(quick)) return listOfBytes(bytes, quick, { line: 1, column: 1 }, report);
  const [slice, second] = splitDocuments(bytes.toString('utf8'), report);
  if (slice === undefined || second !== undefined) {
    const found = slice === undefined ? 'it is empty' : 'it holds more than one document';
    report.add('WO1010', second && { slice: second, position: { line: 1, column: 1 } }, { found });
    return undefined;
  }
  const own = Buffer.from(slice.text);
  const lines = own.length === bytes.length ? undefined : cutByLines(own, slice.line);
  if (lines !== undefined && isList(lines)) return listOfBytes(own, lines, slice, report);
  const cut = cutJson(slice.text) ?? parser().cutSlice(slice, report);
  if (cut === undefined) return undefined;
  if (!isList(cut)) {
    const found =
      cut.kind === undefined ? 'it has no kind' : `its kind is ${cut.kind} of ${cut.apiVersion ?? 'no apiVersion'}`;
    report.add('WO1010', { slice, position: { line: 1, column: 1 } }, { found });
    return undefined;
  }
  return listOfText(slice, cut, report);
}

const isList = ({ kind, apiVersion = '' }: Pick<Cut, 'kind' | 'apiVersion'>): boolean =>
  kind === 'ResourceList' && apiVersions.includes(apiVersion);

function listOfBytes(bytes: Buffer, cut: LineCut, whole: Position, report: Report): List {
  const positionOf = (offset: number): Position => inFile(whole, lineCounter(bytes)(offset));
  reportKeys(cut, positionOf, report);
  return listOf(cut, cut.items, (start, end) => bytes.toString('utf8', start, end), positionOf);
}

/** The keys of a ResourceList, in the KRM functions specification. */
const knownKeys: readonly string[] = ['apiVersion', 'kind', 'metadata', 'items', 'functionConfig', 'results'];

/** Reports what is almost a key of a ResourceList, and items that are not there: hosts write an empty list, and without one the output would replace theirs. */
function reportKeys({ entries }: Pick<Cut, 'entries'>, positionOf: (offset: number) => Position, report: Report): void {
  const slice: Slice = { text: '', form: 'document', line: 1, column: 1, index: 0 };
  const found = entries.map(({ key, start }) => {
    const known = knownKeys.find(each => key === each) ?? knownKeys.find(each => isNear(key, each));
    if (known !== undefined && known !== key)
      report.add('WO1013', { slice, position: positionOf(start) }, { key, known });
    return known;
  });
  if (!found.includes('items')) report.add('WO1010', { slice, position: positionOf(0) }, { found: 'it has no items' });
}

function listOfText(whole: Slice, cut: Cut, report: Report): List {
  const counter = lineCounter(whole.text);
  const textOf = (start: number, end: number): string => whole.text.slice(start, end);
  const items = cut.items.map(
    ({ start, end, text = textOf(start, end) }, index): Slice => ({
      text,
      form: cut.form,
      ...inFile(whole, counter(start)),
      index,
    }),
  );
  const positionOf = (offset: number): Position => inFile(whole, positionAt(whole.text, offset));
  reportKeys(cut, positionOf, report);
  return listOf(cut, items, textOf, positionOf);
}

/** A cut with its items and, of what stands beside them, the text when it is asked for: that of `items` is as long as the list. */
function listOf(
  {
    entries,
    outer,
    margin,
    form,
    indent,
    items: [first],
  }: Omit<Cut, 'items'> & { readonly items: readonly Omit<Range, 'text'>[] },
  items: readonly Slice[],
  textOf: (start: number, end: number) => string,
  positionOf: (offset: number) => Position,
): List {
  const texts = entries.map(({ key, value: at, start, end, text }) => ({
    key,
    at,
    get text(): string {
      return text ?? textOf(start, end);
    },
    /** What stands behind the colon; a text of its own begins with its key too. */
    get value(): string {
      return text?.slice(at - start) ?? textOf(at, end);
    },
  }));
  const entry = texts.find(({ key }) => key === 'functionConfig');
  const config = entry && configOf(entry, outer, positionOf);
  const list = entries.find(({ key }) => key === 'items');
  return {
    items,
    ...(config !== undefined && !isEmpty(config) && { functionConfig: config }),
    layout: { outer, margin, form, indent },
    ...(form === 'block' && first !== undefined && { head: textOf(list?.start ?? first.start, first.start) }),
    entries: texts,
  };
}

/** functionConfig, which stands behind the items: its place in the file is counted when somebody asks for it. */
const configOf = (
  { value, at }: { readonly value: string; readonly at: number },
  outer: Cut['outer'],
  positionOf: (offset: number) => Position,
): Slice => ({
  text: value,
  form: outer === 'block' ? 'document' : 'flow',
  get line(): number {
    return positionOf(at).line;
  },
  get column(): number {
    return positionOf(at).column;
  },
  index: 0,
});

/** Whether nothing stands for a value but comments, or a null. */
function isEmpty(slice: Slice): boolean {
  const { values, isPartial } = readings(slice);
  return !isPartial && values.every(value => value === null);
}
