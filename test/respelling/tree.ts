import { type Document, isAlias, isMap, isScalar, isSeq, type Node, parse, parseAllDocuments } from 'yaml';

/** What a document says, without how: but for what YAML 1.1 reads otherwise, whose spelling is part of what it says. */
export type Tree = MapTree | ListTree | ScalarTree;

export interface MapTree {
  readonly is: 'map';
  readonly entries: readonly (readonly [key: ScalarTree, value: Tree])[];
}

export interface ListTree {
  readonly is: 'list';
  readonly items: readonly Tree[];
}

export interface ScalarTree {
  readonly is: 'scalar';
  readonly value: string | number | boolean | null;
  /** How it has to be spelled; absent for a text that may be spelled in any way. */
  readonly source?: string;
}

/** The trees of a file's documents, without those that hold nothing; undefined where one cannot be read for sure, so that it is not to be spelled again. */
export function treesOf(text: string): readonly Tree[] | undefined {
  // What readers make of a last line without an end, and of directives, is not the same.
  if (!text.endsWith('\n') || /^%/m.test(text)) return undefined;
  const documents = parseAllDocuments(text, { merge: true, logLevel: 'silent' });
  if ('empty' in documents) return [];
  if (documents.some(({ errors, warnings }) => errors.length + warnings.length > 0)) return undefined;
  try {
    return documents
      .filter(document => document.toJS() !== null)
      .map(document => treeOf(document.contents as Node, document));
  } catch {
    return undefined;
  }
}

function treeOf(node: Node | null | undefined, document: Document): Tree {
  if (isAlias(node)) return treeOf(node.resolve(document), document);
  if (isSeq<Node>(node)) return { is: 'list', items: node.items.map(item => treeOf(item, document)) };
  if (isMap<Node, Node | null>(node)) return { is: 'map', entries: entriesOf(node, document) };
  return isScalar(node)
    ? scalarOf(node.value, node.type === 'PLAIN' ? node.source : undefined)
    : scalarOf(null, 'null');
}

/** The entries of a mapping: those that are merged behind its own, which win. */
function entriesOf(node: Node, document: Document): MapTree['entries'] {
  const map = isAlias(node) ? node.resolve(document) : node;
  if (isSeq<Node>(map)) return map.items.flatMap(item => entriesOf(item, document));
  if (!isMap<Node, Node | null>(map)) return [];
  const isMerge = (key: Node): boolean => isScalar(key) && key.type === 'PLAIN' && key.source === '<<';
  const own = map.items
    .filter(({ key }) => !isMerge(key))
    .map(({ key, value }) => [treeOf(key, document), treeOf(value, document)] as const);
  const merged = map.items
    .filter(({ key }) => isMerge(key))
    .flatMap(({ value }) => (value === null ? [] : entriesOf(value, document)));
  const entries = new Map<unknown, readonly [ScalarTree, Tree]>();
  for (const [key, value] of [...own, ...merged])
    if (key.is === 'scalar' && !entries.has(String(key.value))) entries.set(String(key.value), [key, value]);
  return [...entries.values()];
}

function scalarOf(value: unknown, plain: string | undefined): ScalarTree {
  if (value instanceof Uint8Array) throw new Error('a text that only some readers decode');
  if (typeof value === 'string')
    return plain !== undefined && isRead(plain) ? { is: 'scalar', value, source: plain } : { is: 'scalar', value };
  return {
    is: 'scalar',
    value: value as ScalarTree['value'],
    source: plain === undefined || plain === '' ? 'null' : plain,
  };
}

/** Whether a reader of YAML 1.1 takes a plain text for something else. */
const isRead = (text: string): boolean =>
  /^[-+.\d]|^.{1,5}$/.test(text) &&
  (parse(text, { version: '1.1', logLevel: 'silent' }) !== text || /^[-+]?[\d._]+$/.test(text));

/** The value of a tree. */
export function toValue(tree: Tree): unknown {
  if (tree.is === 'list') return tree.items.map(toValue);
  if (tree.is === 'map')
    return Object.fromEntries(tree.entries.map(([key, value]) => [String(key.value), toValue(value)]));
  return tree.value;
}
