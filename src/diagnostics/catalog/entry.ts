/** How much a finding weighs, in the KRM spelling: an error means no output. */
export type Severity = 'error' | 'warning' | 'info';

/** The words of one finding: what is wrong with which value, and the way out. */
interface Words {
  readonly message: string;
  readonly hint?: string;
}

interface Entry<A> {
  readonly severity: Severity;
  readonly title: string;
  readonly words: (args: A) => Words;
}

const entry =
  (severity: Severity) =>
  <A = Record<never, never>>(title: string, words: (args: A) => Words): Entry<A> => ({ severity, title, words });

/** Nothing is written. */
export const error = entry('error');
/** Rendered, but something may surprise. */
export const warning = entry('warning');
/** A default was filled in. */
export const info = entry('info');
