import type { Resource } from '../k8s/resource.ts';
import { fieldsOf, listOf } from '../rules/foreign.ts';

/** The containers of a pod. */
export const containersOf = (pod: Resource) => listOf(fieldsOf(pod.spec).containers).map(fieldsOf);

/** The number that pods listen on behind a port of a Service; a name is looked up in them, and undefined where they do not have it. */
export function podPortOf(
  { port, targetPort }: Readonly<Record<string, unknown>>,
  pods: readonly Resource[],
): number | undefined {
  const named = pods
    .flatMap(containersOf)
    .flatMap(({ ports }) => listOf(ports).map(fieldsOf))
    .find(({ name }) => name === targetPort);
  const number = typeof targetPort === 'string' ? named?.containerPort : (targetPort ?? port);
  return typeof number === 'number' ? number : undefined;
}

/** Whether a pod says of itself that it is ready. */
export const isReady = ({ status }: Resource): boolean =>
  listOf(fieldsOf(status).conditions)
    .map(fieldsOf)
    .some(condition => condition.type === 'Ready' && condition.status === 'True');
