import { distance } from 'fastest-levenshtein';

/** The known word that a misspelt one most likely means; undefined where none is near. */
export function closest(word: string, known: readonly string[]): string | undefined {
  const [best] = known
    .map(candidate => ({ candidate, far: distanceOf(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ far }) => far <= Math.max(1, Math.floor(word.length / 3)))
    .sort((one, other) => one.far - other.far);
  return best?.candidate;
}

/** How many letters of two words differ; two that changed places count as one. */
const distanceOf = (one: string, other: string): number => {
  const far = distance(one, other);
  return far === 2 && [...one].sort().join('') === [...other].sort().join('') ? 1 : far;
};

/** Whether a word is at most two letters from a known one, in upper or lower case. */
export const isNear = (word: string, known: string): boolean =>
  Math.abs(word.length - known.length) <= 2 && distance(word.toLowerCase(), known.toLowerCase()) <= 2;

/** The known word from which one differs in case, in signs between its letters, or in two letters at most; undefined if there is none. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const letters = word.replace(/[^A-Za-z0-9]/g, '');
  const near = closest(letters, known);
  return near !== undefined && isNear(letters, near) ? near : undefined;
}
