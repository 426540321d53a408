import { type Node, stringify } from 'yaml';

/** Our objects as block YAML that a 1.1 reader and a 1.2 reader take for the same value; keys in the order they were set. */
export const print = (value: object): string =>
  stringify(value, {
    version: '1.1',
    // Quotes what 1.2 alone would take for a number, such as 0o17.
    compat: 'core',
    lineWidth: 0,
    indentSeq: false,
    aliasDuplicateObjects: false,
  });

/** A value on one line, as messages show what to write: `{kind: ExternalService, …}`. */
export const printFlow = (value: object): string =>
  stringify(value, {
    version: '1.1',
    compat: 'core',
    lineWidth: 0,
    collectionStyle: 'flow',
    flowCollectionPadding: false,
  }).trim();

/** An object as an item of a block list whose dashes stand at `indent`. */
export const printItem = (value: object, indent: number): string => asItem(print(value), indent);

/** Somebody else's tree, its scalars spelled as they were. */
export const printNode = (node: Node): string => stringify(node, { lineWidth: 0, indentSeq: false, merge: true });

/** The text of a document as an item of a block list whose dashes stand at `indent`. */
export const asItem = (text: string, indent: number): string =>
  `${' '.repeat(indent)}- ${indented(text, indent + 2).slice(indent + 2)}`;

/** Block text moved to the right; blank lines stay blank. Not by `^` with the m flag, which also matches behind U+2028. */
export const indented = (text: string, indent: number): string =>
  text
    .split('\n')
    .map(line => (line === '' ? '' : ' '.repeat(indent) + line))
    .join('\n');
