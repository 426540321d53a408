import { distance } from 'fastest-levenshtein';

/** The known word that a misspelt one most likely means; undefined where none is near. */
export function closest(word: string, known: readonly string[]): string | undefined {
  const [best] = known
    .map(candidate => ({ candidate, far: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ far }) => far <= Math.max(1, Math.floor(word.length / 3)))
    .sort((one, other) => one.far - other.far);
  return best?.candidate;
}

/** Whether a word is at most two letters from a known one, in upper or lower case. */
export const isNear = (word: string, known: string): boolean =>
  Math.abs(word.length - known.length) <= 2 && distance(word.toLowerCase(), known.toLowerCase()) <= 2;
