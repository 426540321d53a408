import { at, type Draft } from '../../draft.ts';
import type { TableSpec } from './spec.ts';
import type { FoundTable } from './trees.ts';

/** Reports what a table says beside its HTTP routes and nobody can render; of a delegate, whatever only a root can say. */
export function reportBeside({ source, isRoot }: FoundTable, spec: TableSpec, { report }: Draft): void {
  const { applyToDestinations = [], portalMetadata, failureMode, tls = [], tcp = [], virtualServiceAnnotations } = spec;
  const unplaced = (field: string, why: string) => report.add('WO2510', at(source, 'spec', field), { field, why });
  if (applyToDestinations.length > 0) report.add('WO2519', at(source, 'spec', 'applyToDestinations'), {});
  if (portalMetadata !== undefined) unplaced('portalMetadata', 'is for Gloo\u2019s developer portal');
  if (failureMode === 'FREEZE_CONFIG')
    unplaced('failureMode', 'has no counterpart: a mistake yields no output, and what is in the cluster stays');
  if (isRoot) return;
  if (virtualServiceAnnotations !== undefined)
    unplaced('virtualServiceAnnotations', 'is for a table with hosts, which alone has a VirtualService');
  if (tls.length + tcp.length > 0) report.add('WO2532', at(source, 'spec', tls.length > 0 ? 'tls' : 'tcp'), {});
}
