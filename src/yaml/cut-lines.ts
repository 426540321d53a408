import { mayCross } from './anchors.ts';
import type { Cut, Entry, Range } from './cut.ts';
import { scan } from './scan.ts';
import { type Stretch, stretches } from './stretch.ts';

/** A block list as its lines cut it; every offset is one of the bytes. */
export interface LineCut extends Omit<Cut, 'items'> {
  /** All of them as one run. */
  readonly items: readonly Stretch[];
}

/**
 * Cuts the UTF-8 of a block list by its lines, or declines with undefined. It parses nothing, so it is sure only under this condition:
 *
 * - Every line that begins in column 0 is a comment, a plain key (`word:`), or a dash below a key without a value. In valid
 *   YAML a line in column 0 is then no part of a scalar or a flow collection, which must stand deeper than their key.
 * - Between `items:` and the next key, the first line that is neither blank nor comment holds a dash, and no later one
 *   stands less deep; at its depth there are only dashes and comments. An item's own text stands deeper than its dash.
 * - No key stands twice; `apiVersion` and `kind` are plain or quoted words; there is no directive, and no lone carriage return.
 * - No alias can refer to an anchor outside its item (`anchors.ts`).
 *
 * Every sign that it looks at is one byte, and no byte of a longer one.
 */
export function cutByLines(bytes: Buffer, firstLine = 1): LineCut | undefined {
  const lines = scan(bytes);
  if (lines === undefined) return undefined;
  const { keys, items, indent } = lines;
  const words = new Map(keys.map(({ key, word }) => [key, word]));
  const [apiVersion, kind] = [words.get('apiVersion'), words.get('kind')];
  if (words.size < keys.length || apiVersion === undefined || kind === undefined) return undefined;
  const entries: readonly Entry[] = keys.map(({ key, start, value }, index) => ({
    key,
    value,
    start: index === 0 ? 0 : start,
    end: keys[index + 1]?.start ?? bytes.length,
  }));
  const list = entries.find(({ key }) => key === 'items');
  if (list === undefined) return undefined;
  const parts = (): readonly Range[] => [
    ...entries.filter(entry => entry !== list),
    ...Array.from(items.starts.between(0, items.count), (start, index) => ({
      start,
      end: items.starts.at(index + 1) ?? list.end,
    })),
  ];
  if (lines.isMarked && mayCross(bytes, parts)) return undefined;
  const cut = stretches({ bytes, items, end: list.end, firstLine });
  return { apiVersion, kind, outer: 'block', margin: 0, entries, form: 'block', indent, items: cut };
}
