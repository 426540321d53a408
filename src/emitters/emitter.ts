import type { Resource } from '../k8s/resource.ts';
import type { ExternalService, Plan } from '../plan.ts';

/** One target: what an external service becomes there. */
export interface Emitter {
  readonly name: string;
  readonly summary: string;
  /** Pure; of the plan it takes what holds for all services, never another service. */
  emit(service: ExternalService, plan: Plan): readonly Resource[];
}
