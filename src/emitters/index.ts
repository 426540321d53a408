import type { Emitter } from './emitter.ts';
import { networkPolicy } from './network-policy.ts';
import { sidecar } from './sidecar/sidecar.ts';

/** Every target, in the order of the documentation. */
export const emitters: readonly Emitter[] = [sidecar, networkPolicy];
