import type { Source } from '../diagnostics/report.ts';
import type { Draft } from '../draft.ts';
import { groupOf } from '../k8s/resource.ts';
import { kinds as read } from '../on-demand.ts';
import { isSilent } from '../resolve/workspaces.ts';
import { kinds } from './index.ts';

/** Reports the Gloo documents that pass through: what each loses that touches an external service, and each kind of the rest. */
export function reportPassing(sources: readonly Source[], draft: Draft): void {
  const others = sources.filter(source => !draft.used.has(source) && !isSilent(source, draft));
  const unjudged = others.filter(source => !draft.judged.has(source));
  if (unjudged.length > 0) read().reportMisspelled(unjudged, draft);
  const passing = others.filter(source => !draft.keptToo.has(source));
  if (passing.length > 0) read().reportUntranslated(passing, isKnown, draft);
}

const isKnown = ({ resource }: Source): boolean =>
  kinds.some(known => known.kind === resource.kind && groupOf(known) === groupOf(resource));
