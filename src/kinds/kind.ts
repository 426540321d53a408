import type { Source } from '../diagnostics/report.ts';
import type { Draft } from '../draft.ts';

/** What the documents of a kind add to the draft. */
export interface Contribution {
  contribute(source: Source, draft: Draft): void;
  /** What can be said only once every document of the kind is known. */
  finish?(draft: Draft, sources: readonly Source[]): void;
}

/** One kind of input: where it lives, and what it adds. */
export interface Kind extends Contribution {
  readonly apiVersion: string;
  readonly kind: string;
}
