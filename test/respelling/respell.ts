import { isDeepStrictEqual } from 'node:util';
import { parseAllDocuments } from 'yaml';
import type { Chance } from './chance.ts';
import type { Speller } from './spelling.ts';
import { type ListTree, type MapTree, type Tree, toValue, treesOf } from './tree.ts';

/** A file of documents spelled again; the same text where one of them cannot be read for sure. */
export function respell(text: string, speller: Speller, chance: Chance): string {
  const documents = treesOf(text.replace(/^\ufeff/, ''));
  if (documents === undefined) return text;
  const isResourceList = documents.length === 1 && kindOf(documents[0]) === 'ResourceList';
  const wrapped = isResourceList
    ? documents.map(tree => wrappedItems(tree, speller, chance))
    : inLists(documents, speller, chance);
  const texts = wrapped.map(tree => {
    const spelled = speller.document(tree);
    ensureSame(tree, spelled);
    return spelled;
  });
  const joined = isResourceList || texts.length === 0 ? texts.join('') : joinedBy(texts, speller, chance);
  const framed = `${speller.may('marks', 20, 'document') ? '---\n' : ''}${joined}${speller.may('marks', 10, 'document') ? '...\n' : ''}`;
  return speller.may('ends', 15, 'document') ? framed.replaceAll('\n', '\r\n') : framed;
}

/** The speller has to be right before it can say that wayout is wrong. */
function ensureSame(tree: Tree, text: string): void {
  const [document, other] = parseAllDocuments(text, { merge: true, logLevel: 'silent' });
  const said: unknown = document?.toJS();
  if (other === undefined && document?.errors.length === 0 && isDeepStrictEqual(said, toValue(tree))) return;
  throw new Error(`not spelled alike: ${JSON.stringify(document?.errors.map(({ message }) => message))}\n${text}`);
}

const fieldOf = (tree: Tree | undefined, name: string): Tree | undefined =>
  tree?.is === 'map' ? tree.entries.find(([key]) => key.value === name)?.[1] : undefined;

const kindOf = (tree: Tree | undefined): unknown => {
  const kind = fieldOf(tree, 'kind');
  return kind?.is === 'scalar' ? kind.value : undefined;
};

const text = (value: string): Tree => ({ is: 'scalar', value });

/** Objects as the items of a list, as kustomize, kubectl and Argo CD take it apart. */
const listOf = (items: readonly Tree[], chance: Chance): MapTree => {
  const kind = chance.pick(['List', 'List', 'ExternalServiceList', 'ThingList']);
  const apiVersion = kind === 'ThingList' ? 'example.com/v1' : 'v1';
  const entries: readonly (readonly [string, Tree])[] = [
    ['apiVersion', text(apiVersion)],
    ['kind', text(kind)],
    ['items', { is: 'list', items }],
  ];
  return { is: 'map', entries: entries.map(([key, value]) => [{ is: 'scalar', value: key }, value] as const) };
};

/** What has no kind is no object, and what kustomize itself reads is no object of a cluster. */
const mayBeInList = (tree: Tree): boolean => ![undefined, 'Kustomization'].includes(kindOf(tree) as string | undefined);

/** Objects of which some neighbors are in lists, and lists in lists. */
function inLists(trees: readonly Tree[], speller: Speller, chance: Chance): readonly Tree[] {
  if (!trees.every(mayBeInList) || !speller.may('lists', 25, 'items')) return trees;
  const start = chance.below(trees.length);
  const end = start + 1 + chance.below(trees.length - start);
  const inner = inLists(trees.slice(start, end), speller, chance);
  return [...trees.slice(0, start), listOf(inner, chance), ...trees.slice(end)];
}

function wrappedItems(tree: Tree, speller: Speller, chance: Chance): Tree {
  if (tree.is !== 'map') return tree;
  return {
    ...tree,
    entries: tree.entries.map(([key, value]) =>
      key.value === 'items' && value.is === 'list'
        ? ([key, { ...value, items: inLists(value.items, speller, chance) } satisfies ListTree] as const)
        : ([key, value] as const),
    ),
  };
}

function joinedBy(texts: readonly string[], speller: Speller, chance: Chance): string {
  return texts.reduce((before, each) => {
    if (!speller.may('marks', 20, 'document')) return `${before}---\n${each}`;
    const mark = chance.pick(['...\n---\n', '--- # note\n', '---\n---\n', '---\n# nothing\n---\n', '---   \n']);
    return `${before}${mark}${each}`;
  });
}
