import type { Source } from '../diagnostics/report.ts';
import type { Draft, DraftService } from '../draft.ts';

/** What a kind of Gloo's does to external services that wayout does not translate, and what does it instead. */
export interface OtherKind {
  /** `security.policy/JWTPolicy`: without the end that all groups of Gloo's share. */
  readonly kinds: readonly string[];
  /** Without the first calls get through that it refuses, or leave unmasked what it masks; the last makes use of a service and is not lost. */
  readonly effect: 'refuses' | 'changes' | 'uses';
  /** What Gloo does with it; for one that uses a service, down to the service's name. */
  readonly does: string;
  /** Why neither Istio nor wayout does it. */
  readonly whyNot: string;
  /** What to write, in words, or told by what the document says. */
  readonly instead: string | ((source: Source, services: readonly DraftService[], draft: Draft) => string);
}

/** Where to put what acts on every call to an external service. */
export const pods = 'the pods of the gateway that its calls pass (an egress gateway, if there is none yet)';
