import type { Path, Source } from '../diagnostics/report.ts';
import { at, type Draft } from '../draft.ts';
import { grouped } from '../grouped.ts';
import { describe, groupOf } from '../k8s/resource.ts';
import { isSilent } from '../resolve/workspaces.ts';
import { kinds } from './index.ts';

/**
 * What is said of the Gloo documents that pass through: one warning for each kind, and one for each document about an external service.
 *
 * A security policy that guards external services is an error: without it they would be open.
 */
export function reportUntranslated(sources: readonly Source[], draft: Draft): void {
  const passing = sources.filter(
    source => !draft.used.has(source) && !draft.keptToo.has(source) && !isSilent(source, draft),
  );
  const quiet: Source[] = [];
  for (const source of passing) {
    const { resource } = source;
    const about = externalServiceIn(resource.spec);
    const isAccessPolicy = resource.kind === 'AccessPolicy';
    // What it guards was not read.
    if (isAccessPolicy && draft.incomplete) continue;
    if (about === undefined) {
      quiet.push(source);
    } else if ((groupOf(resource).startsWith('security.policy') || isAccessPolicy) && isSelection(about)) {
      draft.report.add('WO1214', at(source, 'spec', ...about), { object: describe(resource) });
    } else {
      draft.report.add('WO1213', at(source, 'spec', ...about), { object: describe(resource) });
    }
  }
  for (const [kind, [first, ...others]] of grouped(quiet, ({ resource }) => [resource.kind])) {
    if (first === undefined) continue;
    // A gateway that nobody uses, or a policy for other things.
    const code = kinds.some(known => known.kind === kind && groupOf(known) === groupOf(first.resource))
      ? 'WO1217'
      : 'WO1212';
    draft.report.add(code, at(first, 'kind'), { kind, count: others.length + 1 });
  }
}

/** The path, below spec, of the first `kind: EXTERNAL_SERVICE`; deep documents were refused when they were read. */
function externalServiceIn(value: unknown, path: Path = []): Path | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, item] of Object.entries(value)) {
    if (key === 'kind' && item === 'EXTERNAL_SERVICE') return path;
    const found = externalServiceIn(item, [...path, Array.isArray(value) ? Number(key) : key]);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether a path lies in what a policy applies to, not in what it fetches from. */
const isSelection = (path: Path): boolean => String(path[0]).startsWith('applyTo');
