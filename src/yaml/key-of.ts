import { type Document, isAlias, isScalar } from 'yaml';

/** The text of a mapping's key, which may stand at an anchor; empty for one that is no text. */
export function keyOf(key: unknown, document: Document): string {
  const node = isAlias(key) ? key.resolve(document) : key;
  return isScalar(node) ? String(node.value) : '';
}

/** Whether a key merges what stands behind it into its mapping. */
export const isMerge = (key: unknown): boolean => isScalar(key) && key.type === 'PLAIN' && key.source === '<<';
