import type { Report } from '../diagnostics/report.ts';
import type { Generated } from '../emit.ts';
import { parser } from '../on-demand.ts';
import { ended } from '../yaml/ended.ts';
import { type List, splitList } from '../yaml/list.ts';
import { asItem, indented, print, printItem, shifted } from '../yaml/print.ts';
import { indentOf, type Slice } from '../yaml/slice.ts';
import { merged, type Part } from './parts.ts';
import { withPlaces } from './places.ts';
import { checked } from './text.ts';

/** A ResourceList that a host sent: its objects, and how the answer is written in the same style. */
export interface ResourceList {
  /** Items may be together in one slice. */
  readonly slices: readonly Slice[];
  readonly functionConfig?: Slice;
  /** The list with these items and results; what stands beside them, functionConfig among it, stays as it came. */
  write(items: readonly (Slice | Generated)[], results: readonly object[]): Iterable<string | Buffer>;
}

/** Reads a ResourceList, YAML or JSON; undefined once a reason was reported. */
export function readResourceList(bytes: Uint8Array, report: Report): ResourceList | undefined {
  const text = checked(bytes, undefined, report);
  const list = text === undefined ? undefined : splitList(text, report);
  if (list === undefined) return undefined;
  return {
    slices: list.items,
    ...(list.functionConfig !== undefined && { functionConfig: list.functionConfig }),
    write: (items, results) =>
      merged((list.layout.outer === 'block' ? writeBlock : writeFlow)(list, withPlaces(items), results)),
  };
}

type Item = Slice | Generated;

function* writeBlock(list: List, items: readonly Item[], results: readonly object[]): Generator<Part> {
  let written = false;
  for (const entry of list.entries.filter(({ key }) => key !== 'results')) {
    if (entry.key === 'items') yield* blockList(list, items);
    // The text of the items is as long as the list, and decoded by whoever names it.
    else yield ended(entry.text);
    written ||= entry.key === 'items';
  }
  if (!written) yield* blockList(list, items);
  if (results.length > 0) yield indented(print({ results }), list.layout.margin);
}

/** The key `items`, with the comments above it, and the list. */
function* blockList(list: List, items: readonly Item[]): Generator<Part> {
  const { form, margin } = list.layout;
  if (form === 'block' && items.length > 0 && list.head !== undefined) {
    yield list.head;
    yield* blockItems(list, items);
    return;
  }
  const key = `${commentsAbove(list)}${' '.repeat(margin)}items:`;
  if (form === 'flow') yield ended(`${key} ${flowItems(items, margin + 1)}`);
  else if (items.length === 0) yield `${key} []\n`;
  else {
    yield `${key}\n`;
    yield* blockItems(list, items);
  }
}

const commentsAbove = ({ entries }: List): string =>
  /^(?:[ \t]*(?:#[^\n]*)?\r?\n)*/.exec(entries.find(({ key }) => key === 'items')?.text ?? '')?.[0] ?? '';

function* blockItems({ layout, items: own }: List, items: readonly Item[]): Generator<Part> {
  // Those of bytes know which.
  const bytes = own[0]?.within?.bytes;
  const known = new Set<Item>(bytes === undefined ? own : []);
  let passing: { readonly bytes: Buffer; readonly start: number; end: number } | undefined;
  for (const item of items.flatMap(each => itemsOf(each, bytes))) {
    const within = 'resource' in item || isUnended(item, bytes) ? undefined : withinOf(item, bytes);
    if (within !== undefined && within.start === passing?.end) {
      passing.end = within.end;
      continue;
    }
    if (passing !== undefined) yield passing;
    passing = within && { bytes: within.bytes, start: within.start, end: within.end };
    if ('resource' in item) yield printItem(item.resource, layout.indent);
    else if (known.has(item) || isUnended(item, bytes)) yield ended(item.text);
    else if (within === undefined) yield ended(movedTo(item, layout.indent));
  }
  if (passing !== undefined) yield passing;
}

/** An item of another list as one of a list whose dashes stand in a column. */
const movedTo = (item: Slice, indent: number): string =>
  item.form === 'block' ? shifted(item.text, indent - indentOf(item)) : asItem(item.text, indent);

const withinOf = (item: Slice, bytes: Buffer | undefined): Slice['within'] =>
  item.within?.bytes === bytes ? item.within : undefined;

/** Whether an item is the last one of a list of bytes, which do not end their last line. */
const isUnended = (item: Item, bytes: Buffer | undefined): boolean =>
  !('resource' in item) &&
  bytes !== undefined &&
  withinOf(item, bytes)?.end === bytes.length &&
  bytes[bytes.length - 1] !== 0x0a;

/** A run item by item, where one of them is not written as it came: the last one, which needs a line end, or those of another list. */
const itemsOf = (item: Item, bytes: Buffer | undefined): readonly Item[] =>
  'run' in item && item.run !== undefined && (isUnended(item, bytes) || withinOf(item, bytes) === undefined)
    ? item.run.open()
    : [item];

function* writeFlow(list: List, items: readonly Item[], results: readonly object[]): Generator<Part> {
  const listed = `"items": ${flowItems(items, 0)}`;
  const entries = list.entries.filter(({ key }) => key !== 'results');
  const written = entries.map(({ key, text }) => (key === 'items' ? listed : text));
  if (!entries.some(({ key }) => key === 'items')) written.push(listed);
  if (results.length > 0) written.push(`"results": ${JSON.stringify(results)}`);
  yield `{${written.join(',\n')}}\n`;
}

/** One item a line; a line may not begin left of where the list may stand. */
const flowItems = (items: readonly Item[], indent: number): string => {
  const line = `\n${' '.repeat(indent)}`;
  return `[${items.map(item => line + flowItem(item)).join(',')}${items.length > 0 ? line : ''}]`;
};

/** An item that did not come with the list, such as a generator's own or one of a list in it, may be written in the other style. */
function flowItem(item: Item): string {
  if ('resource' in item) return JSON.stringify(item.resource);
  return item.form === 'flow' ? item.text : parser().inFlow(item);
}
