import type { Namespaces } from './plan.ts';

/** Those of some namespaces that also stand in others. */
export function shared(one: Namespaces, other: Namespaces): readonly string[] {
  if (one === 'everyone') return other === 'everyone' ? ['*'] : other;
  if (other === 'everyone') return one;
  return one.filter(namespace => other.includes(namespace));
}

/** All of several sets of namespaces. */
export const union = (sets: readonly Namespaces[]): Namespaces =>
  sets.some(set => set === 'everyone')
    ? 'everyone'
    : [...new Set(sets.flatMap(set => (set === 'everyone' ? [] : set)))].sort();
