import type { Resource } from '../k8s/resource.ts';
import type { ExternalService } from '../plan.ts';

/** One target: what an external service becomes there. */
export interface Emitter {
  readonly name: string;
  readonly summary: string;
  /** Pure; the objects of one service depend on that service alone. */
  emit(service: ExternalService): readonly Resource[];
}
