import type { Resource } from '../k8s/resource.ts';
import type { ExternalService, Plan } from '../plan.ts';
import type { RouteTable } from '../routing.ts';

/** One target: what external services and route tables become there. */
export interface Emitter {
  readonly name: string;
  readonly summary: string;
  /** Pure; of the plan it takes what holds for all services, never another service. */
  emit(service: ExternalService, plan: Plan): readonly Resource[];
  /** What a route table becomes, beside what external services carry of it. */
  route?(table: RouteTable): readonly Resource[];
}
