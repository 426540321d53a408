import type { Report, Source } from '../diagnostics/report.ts';
import { groupOf, type Resource } from '../k8s/resource.ts';
import type { Witnesses } from '../witnesses.ts';
import { type Cluster, ClusterFailure, type KindRef } from './cluster.ts';
import { coreKinds, guardedKinds, istioKinds } from './kinds.ts';

/** Every object of the cluster that rules look at; what the account may not list is reported, and the rest read all the same. Workloads are read under a guard alone. */
export async function observe(
  cluster: Cluster,
  { guarded }: { readonly guarded: boolean },
  report: Report,
): Promise<Witnesses> {
  const found = new Map<string, readonly Source[]>();
  for (const kind of [...coreKinds, ...istioKinds, ...(guarded ? guardedKinds : [])]) {
    const objects = await allowed(() => cluster.list(kind), report);
    if (objects === undefined && istioKinds.includes(kind)) await reportAbsent(kind, cluster, report);
    found.set(keyOf(groupOf(kind), kind.kind), (objects ?? []).map(seen));
  }
  return { of: (group, kind) => found.get(keyOf(group, kind)) ?? [] };
}

const keyOf = (group: string, kind: string): string => `${group}|${kind}`;

/** An object as a place that messages can name: it stands in no file. */
export const seen = (resource: Resource): Source => ({
  resource,
  slice: { text: '', form: 'live', line: 1, column: 1, index: 0 },
});

/** What a question to the cluster gets; undefined, and reported, where the account lacks the right to ask it. */
export async function allowed<T>(ask: () => Promise<T>, report: Report): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof ClusterFailure) || error.failure.reason !== 'forbidden') throw error;
    const { verb, resource } = error.failure;
    report.add('WO5003', undefined, { verb, resource });
    return undefined;
  }
}

/** Istio before 1.22 serves v1beta1 alone; without Istio there is neither. */
async function reportAbsent(kind: KindRef, cluster: Cluster, report: Report): Promise<void> {
  if (report.diagnostics.some(({ code }) => code === 'WO5003')) return;
  const group = groupOf(kind);
  const older = await allowed(() => cluster.list({ ...kind, apiVersion: `${group}/v1beta1` }), report);
  report.add('WO5004', undefined, {
    kind: kind.kind,
    api: kind.apiVersion,
    older: older === undefined ? '' : `${group}/v1beta1`,
  });
}
