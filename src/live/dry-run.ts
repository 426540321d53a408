import type { Report } from '../diagnostics/report.ts';
import { describe, groupOf } from '../k8s/resource.ts';
import type { Rendered } from '../render.ts';
import type { Cluster } from './cluster.ts';
import { emittedKinds } from './kinds.ts';
import { allowed } from './observe.ts';

/** Asks the API server about each object that was rendered, without keeping it: its schemas and webhooks have the last word. */
export async function dryRun({ items }: Pick<Rendered, 'items'>, cluster: Cluster, report: Report): Promise<void> {
  for (const item of items) {
    if (!('resource' in item)) continue;
    const { resource, from } = item;
    const kind = emittedKinds.find(each => each.kind === resource.kind && groupOf(each) === groupOf(resource));
    if (kind === undefined) continue;
    const complaint = await allowed(() => cluster.complaint(kind, resource), report);
    if (complaint !== undefined) report.add('WO5151', { source: from }, { object: describe(resource), complaint });
  }
}
