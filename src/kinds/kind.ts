import type { Source } from '../diagnostics/report.ts';
import type { Draft } from '../draft.ts';

/** One kind of input: where it lives, and what it adds to the draft. */
export interface Kind {
  readonly apiVersion: string;
  readonly kind: string;
  contribute(source: Source, draft: Draft): void;
  /** What can be said only once every document of the kind is known. */
  finish?(draft: Draft): void;
}
