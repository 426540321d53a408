import { indexed } from '../grouped.ts';
import type { Identity } from '../plan.ts';
import type { ObjectSelector } from './selectors.ts';

/** What a selector can ask of an object, each as one key. */
const marks = indexed(({ name, namespace, labels }: Identity) => marksOf({ name, namespace, labels }));

const marksOf = ({ name, namespace, labels = {} }: ObjectSelector): readonly string[] => [
  ...(name === undefined ? [] : [`name ${name}`]),
  ...(namespace === undefined ? [] : [`namespace ${namespace}`]),
  ...Object.entries(labels).map(([key, value]) => `label ${key}=${value}`),
];

/** The fewest objects of a list among which all are that a selector fits, in their order. */
export function mayFit<T extends Identity>(list: readonly T[], selector: ObjectSelector = {}): readonly T[] {
  const index = marks(list);
  const groups = marksOf(selector).map(mark => index.get(mark) ?? []);
  // The index holds nothing but what is in the list.
  return groups.reduce<readonly Identity[]>(
    (fewest, group) => (group.length < fewest.length ? group : fewest),
    list,
  ) as readonly T[];
}
