import type { Where } from '../diagnostics/report.ts';
import type { Draft } from '../draft.ts';

/**
 * Whether a cluster's name is ours: the one of EgressConfig, or else the one name that the input uses.
 *
 * A reference to another is an error; a selector for another selects nothing here.
 */
export function ourCluster(name: string, where: Where, draft: Draft, from: 'reference' | 'selector'): boolean {
  draft.cluster ??= draft.config.cluster === undefined ? { name, origin: where } : { name: draft.config.cluster };
  const ours = draft.cluster;
  if (ours.name === name) return true;
  if (ours.origin !== undefined) {
    draft.report.add('WO2121', where, { cluster: name, other: ours.name }, [
      { words: 'first named at', where: ours.origin },
    ]);
  } else {
    draft.report.add(from === 'reference' ? 'WO2120' : 'WO2122', where, { cluster: name, ours: ours.name });
  }
  return false;
}
