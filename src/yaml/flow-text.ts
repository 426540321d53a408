import { type Document, isAlias, isMap, isScalar, isSeq, type Node } from 'yaml';
import { quoted } from './print-scalar.ts';

/** How many characters a text may become: far more than a list repeats, far less than fills the memory. */
const limit = 5_000_000;

/**
 * A node in flow style on one line, its aliases written out and its anchors left out: the same value to readers of YAML 1.1, of
 * YAML 1.2 and of Go. Every scalar that some reader may take for a number, a date or a boolean stays as it is spelled.
 * Undefined where aliases stand for far more than was written.
 */
export function flowText(node: Node | null | undefined, document: Document.Parsed): string | undefined {
  let length = 0;
  const text = (each: Node | null | undefined): string => {
    if (length > limit) return '';
    if (isAlias(each)) return text(each.resolve(document));
    const tag = each?.tag === undefined ? '' : `${document.directives.tagString(each.tag)} `;
    const own = tag + valueText(each);
    length += own.length;
    return own;
  };
  const valueText = (each: Node | null | undefined): string => {
    if (isMap<Node, Node | null>(each))
      return `{${each.items.map(({ key, value }) => `${text(key)}: ${text(value)}`).join(', ')}}`;
    return isSeq<Node>(each) ? `[${each.items.map(text).join(', ')}]` : scalarText(each);
  };
  const whole = text(node);
  return length > limit ? undefined : whole;
}

/** What may be a number, a date, a boolean or nothing to some reader stands as it is; everything else is a text, in quotes. */
function scalarText(node: Node | null | undefined): string {
  if (!isScalar(node)) return 'null';
  const { source = '', type, value } = node;
  if (type !== 'PLAIN') return quoted(typeof value === 'string' ? value : source);
  if (source === '') return 'null';
  return /^(?:<<|[=~]|[\w.+/-][\w.+:~/ -]*)$/.test(source) && !/: |:$/.test(source) ? source : quoted(source);
}
