import { type Document, isPair, isScalar, isSeq, type Node, type Pair, visit } from 'yaml';
import type { Path } from '../diagnostics/report.ts';
import { treeOf } from './document.ts';
import type { Slice } from './slice.ts';

/** A value or key without quotes that the cluster's reader, of YAML 1.1, takes for something else than we do. */
interface Differing {
  readonly path: Path;
  readonly text: string;
  readonly ours: string;
  readonly theirs: string;
  /** Whether both take it for a number, so that nobody can say which one is meant. */
  readonly isNumber: boolean;
}

/** Everything in a slice that two versions of YAML read differently. */
export function differingIn(slice: Slice): readonly Differing[] {
  const found: Differing[] = [];
  const document = treeOf(slice);
  if (document === undefined) return found;
  visit(document, {
    Scalar(_, node, ancestors) {
      const text = node.source ?? '';
      // A tag says to every reader that it is a text.
      const isText = node.type !== 'PLAIN' || /^(?:!|tag:yaml\.org,2002:str)$/.test(node.tag ?? '');
      const theirs = isText ? undefined : readByOthers(text);
      const isNumber = typeof node.value === 'number';
      if (theirs === undefined || String(node.value) === theirs) return;
      found.push({ path: pathTo(node, ancestors), text, ours: JSON.stringify(node.value), theirs, isNumber });
    },
  });
  return found;
}

/** What Go's readers make of a plain scalar, where that is not what YAML 1.2 says. */
function readByOthers(text: string): string | undefined {
  if (/^(?:y|yes|on)$/i.test(text)) return 'true';
  if (/^(?:n|no|off)$/i.test(text)) return 'false';
  if (/^[-+]?0[0-7]+$/.test(text)) return String(Number.parseInt(text, 8));
  if (/^[-+]?0b[01_]+$/.test(text)) return String(Number.parseInt(text.replaceAll('_', '').replace('0b', ''), 2));
  if (/^[-+]?\d[\d_]*_[\d_]*$/.test(text)) return String(Number(text.replaceAll('_', '')));
  return /^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : undefined;
}

/** The path of a node: the keys of the pairs above it, and its places in lists. */
function pathTo(node: Node, ancestors: readonly (Document | Node | Pair)[]): Path {
  const chain = [...ancestors, node];
  return chain.flatMap((parent, index): Path => {
    const child = chain[index + 1];
    if (isPair(parent)) return [isScalar(parent.key) ? String(parent.key.value) : ''];
    return isSeq(parent) && child !== undefined ? [parent.items.indexOf(child)] : [];
  });
}
