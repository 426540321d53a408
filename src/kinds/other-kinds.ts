import { kindsThatChange } from './kinds-that-change.ts';
import { kindsThatRefuse } from './kinds-that-refuse.ts';
import { kindsThatUse } from './kinds-that-use.ts';
import type { OtherKind } from './other-kind.ts';

/** Every kind of Gloo's that can touch an external service and is not translated; a kind that does both, act and use, has two rows. */
export const otherKinds: readonly OtherKind[] = [...kindsThatRefuse, ...kindsThatChange, ...kindsThatUse];
