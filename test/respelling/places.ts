import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tree } from './tree.ts';

/** A schema as far as it tells keys that it defines from those that anybody chooses. */
interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
}

const folder = join(import.meta.dirname, '../../../schemas');
const kindOf = (schema: Schema): string =>
  (schema.properties?.kind as { readonly const: string } | undefined)?.const ?? '';
const schemas: ReadonlyMap<string, Schema> = new Map(
  readdirSync(folder)
    .map((name): Schema => JSON.parse(readFileSync(join(folder, name), 'utf8')))
    .map(schema => [kindOf(schema), schema]),
);

/** The keys and places from a document to what is in it. */
export type Path = readonly (string | number)[];

/** A key that a schema defines, with what is defined beside it. */
export interface Place {
  readonly path: Path;
  readonly known: readonly string[];
  readonly mayBeMissing: boolean;
}

const frame: readonly string[] = ['apiVersion', 'kind', 'items'];

/** The keys of one object, if it is one that counts. */
type PlacesOf = (tree: Tree, path: Path) => readonly Place[];

/** Every key of the objects that count in a document, or in a list that holds some. */
export function placesIn(tree: Tree, own: PlacesOf, listKeys = frame, path: Path = []): readonly Place[] {
  const kind = textAt(tree, 'kind') ?? '';
  const items = fieldOf(tree, 'items');
  if (!kind.endsWith('List') || items?.is !== 'list') return own(tree, path);
  const inner = items.items.flatMap((item, index) => placesIn(item, own, listKeys, [...path, 'items', index]));
  const config = fieldOf(tree, 'functionConfig');
  const more = config === undefined ? [] : own(config, [...path, 'functionConfig']);
  // A list without an object that counts passes as it is, whatever is wrong with it.
  return inner.length + more.length === 0 ? [] : [...framePlaces(tree, path, listKeys), ...inner, ...more];
}

/** The keys of a Gloo document or an EgressConfig that its schema defines. */
export function inputPlaces(tree: Tree, path: Path): readonly Place[] {
  const schema = schemas.get(textAt(tree, 'kind') ?? '');
  const isOurs = /(?:gloo\.solo\.io|wayout\.dev)\//.test(textAt(tree, 'apiVersion') ?? '');
  if (schema === undefined || !isOurs) return [];
  const inner = schemaPlaces(tree, schema, path);
  return [...framePlaces(tree, path), ...inner.filter(place => !isFrame(place, path))];
}

/** Objects of Istio and NetworkPolicies: all keys but those that anybody chooses, such as labels. */
export function egressPlaces(tree: Tree, path: Path): readonly Place[] {
  const isEgress = /^(?:(?:networking|security)\.istio\.io|networking\.k8s\.io)\//.test(
    textAt(tree, 'apiVersion') ?? '',
  );
  const spec = fieldOf(tree, 'spec');
  return isEgress
    ? [...framePlaces(tree, path), ...(spec === undefined ? [] : keyPlaces(spec, [...path, 'spec']))]
    : [];
}

/** Fields of which every key is free, or of which none opens anything. */
const free: readonly string[] = [
  ...['labels', 'matchLabels', 'selector', 'headers', 'set', 'add', 'withoutHeaders', 'sourceLabels', 'ports'],
  ...['retries', 'fault', 'corsPolicy', 'loadBalancer', 'connectionPool', 'outlierDetection'],
];

function keyPlaces(tree: Tree, path: Path): readonly Place[] {
  if (tree.is === 'list') return tree.items.flatMap((item, index) => keyPlaces(item, [...path, index]));
  if (tree.is !== 'map') return [];
  const known = keysOf(tree);
  return tree.entries.flatMap(([{ value: name }, value]) => {
    const place = [...path, String(name)];
    const inner = free.includes(String(name)) && value.is === 'map' ? [] : keyPlaces(value, place);
    return [{ path: place, known, mayBeMissing: false }, ...inner];
  });
}

const isFrame = ({ path }: Place, above: Path): boolean =>
  path.length === above.length + 1 && frame.includes(String(path.at(-1)));

const framePlaces = (tree: Tree, path: Path, keys = frame): readonly Place[] =>
  keysOf(tree)
    .filter(key => keys.includes(key))
    .map(key => ({ path: [...path, key], known: frame, mayBeMissing: true }));

function schemaPlaces(tree: Tree, schema: Schema | undefined, path: Path): readonly Place[] {
  if (tree.is === 'list')
    return tree.items.flatMap((item, index) => schemaPlaces(item, schema?.items, [...path, index]));
  if (tree.is !== 'map' || schema === undefined) return [];
  const { properties = {}, additionalProperties } = schema;
  const known = Object.keys(properties);
  const free = typeof additionalProperties === 'object' ? additionalProperties : undefined;
  return tree.entries.flatMap(([{ value: name }, value]) => {
    const key = String(name);
    const place = [...path, key];
    if (!Object.hasOwn(properties, key)) return schemaPlaces(value, free, place);
    return [{ path: place, known, mayBeMissing: false }, ...schemaPlaces(value, properties[key], place)];
  });
}

const keysOf = (tree: Tree): readonly string[] =>
  tree.is === 'map' ? tree.entries.map(([key]) => String(key.value)) : [];

const fieldOf = (tree: Tree, name: string): Tree | undefined =>
  tree.is === 'map' ? tree.entries.find(([key]) => key.value === name)?.[1] : undefined;

function textAt(tree: Tree, name: string): string | undefined {
  const field = fieldOf(tree, name);
  return field?.is === 'scalar' && typeof field.value === 'string' ? field.value : undefined;
}
