import { Report } from '../diagnostics/report.ts';
import type { Generated } from '../emit.ts';
import { type List, splitList } from '../yaml/list.ts';
import { indented, print, printItem } from '../yaml/print.ts';
import { ended, indentOf, type Slice } from '../yaml/slice.ts';
import { parse } from '../yaml/source.ts';
import { withPlaces } from './places.ts';
import { decode } from './text.ts';

/** A ResourceList that a host sent: its objects, and how the answer is written in the same style. */
export interface ResourceList {
  readonly slices: readonly Slice[];
  readonly functionConfig?: Slice;
  /** The list with these items and results; what stands beside them, functionConfig among it, stays as it came. */
  write(items: readonly (Slice | Generated)[], results: readonly object[]): string;
}

/** Reads a ResourceList, YAML or JSON; undefined once a reason was reported. */
export function readResourceList(bytes: Uint8Array, report: Report): ResourceList | undefined {
  const text = decode(bytes, undefined, report);
  const list = text === undefined ? undefined : splitList(text, report);
  if (list === undefined) return undefined;
  return {
    slices: list.items,
    ...(list.functionConfig !== undefined && { functionConfig: list.functionConfig }),
    write: (items, results) =>
      (list.layout.outer === 'block' ? writeBlock : writeFlow)(list, withPlaces(items), results),
  };
}

type Item = Slice | Generated;

/** The entries in their order, `items` where it stood or behind them; results come last. */
function* entriesOf({ entries }: List, items: string): Generator<string> {
  for (const { key, text } of entries) {
    if (key === 'items') yield items;
    else if (key !== 'results') yield text;
  }
  if (!entries.some(({ key }) => key === 'items')) yield items;
}

function writeBlock(list: List, items: readonly Item[], results: readonly object[]): string {
  const { form, margin } = list.layout;
  const key = `${commentsAbove(list)}${' '.repeat(margin)}items:`;
  const value =
    form === 'flow'
      ? `${key} ${flowItems(items, margin + 1)}`
      : items.length === 0
        ? `${key} []`
        : `${list.head ?? `${key}\n`}${blockItems(list, items)}`;
  const written = [...entriesOf(list, value)].map(ended).join('');
  return results.length === 0 ? written : written + indented(print({ results }), margin);
}

const commentsAbove = ({ entries }: List): string =>
  /^(?:[ \t]*(?:#[^\n]*)?\r?\n)*/.exec(entries.find(({ key }) => key === 'items')?.text ?? '')?.[0] ?? '';

function blockItems({ layout, items: own }: List, items: readonly Item[]): string {
  const known = new Set<Item>(own);
  return items
    .map(item => {
      if ('resource' in item) return printItem(item.resource, layout.indent);
      return ended(known.has(item) ? item.text : indented(item.text, layout.indent - indentOf(item)));
    })
    .join('');
}

function writeFlow(list: List, items: readonly Item[], results: readonly object[]): string {
  const written = [...entriesOf(list, `"items": ${flowItems(items, 0)}`)];
  if (results.length > 0) written.push(`"results": ${JSON.stringify(results)}`);
  return `{${written.join(',\n')}}\n`;
}

/** One item a line; a line may not begin left of where the list may stand. */
const flowItems = (items: readonly Item[], indent: number): string => {
  const line = `\n${' '.repeat(indent)}`;
  return `[${items.map(item => line + flowItem(item)).join(',')}${items.length > 0 ? line : ''}]`;
};

/** An item that did not come with the list, such as a generator's own, may be written in the other style. */
function flowItem(item: Item): string {
  if ('resource' in item) return JSON.stringify(item.resource);
  return item.form === 'block' ? JSON.stringify(parse(item, new Report())) : item.text;
}
