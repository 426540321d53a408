import { indexed, places } from '../grouped.ts';
import type { Identity, Namespaces } from '../plan.ts';
import type { ObjectSelector } from './selectors.ts';

/** What a selector can ask of an object, each as one key. */
const marks = indexed(({ name, namespace, labels }: Identity) => marksOf({ name, namespace, labels }));

const marksOf = ({ name, namespace, labels = {} }: ObjectSelector): readonly string[] => [
  ...(name === undefined ? [] : [`name ${name}`]),
  ...(namespace === undefined ? [] : [`namespace ${namespace}`]),
  ...Object.entries(labels).map(([key, value]) => `label ${key}=${value}`),
];

/** The fewest objects of a list among which all are that a selector fits and that lie in some namespaces, in their order. */
export function mayFit<T extends Identity>(
  list: readonly T[],
  selector: ObjectSelector = {},
  namespaces: Namespaces = 'everyone',
): readonly T[] {
  const index = marks(list);
  const groups = marksOf(selector).map(mark => index.get(mark) ?? []);
  const fewest = groups.reduce<readonly Identity[]>((one, other) => (other.length < one.length ? other : one), list);
  const inside =
    namespaces === 'everyone' ? [] : namespaces.map(namespace => index.get(`namespace ${namespace}`) ?? []);
  const isNarrower = namespaces !== 'everyone' && inside.reduce((sum, { length }) => sum + length, 0) < fewest.length;
  // The index holds nothing but what is in the list.
  return (isNarrower ? inOrder(inside, list) : fewest) as readonly T[];
}

/** Several groups of a list as one. */
function inOrder(groups: readonly (readonly Identity[])[], list: readonly Identity[]): readonly Identity[] {
  const filled = groups.filter(({ length }) => length > 0);
  const [only = []] = filled;
  if (filled.length < 2) return only;
  const place = places(list);
  return filled.flat().sort((one, other) => (place.get(one) ?? 0) - (place.get(other) ?? 0));
}
