import type { Source } from '../diagnostics/report.ts';
import { at, type Draft, namespaceOf } from '../draft.ts';
import { grouped } from '../grouped.ts';
import { describe, groupOf, qualified } from '../k8s/resource.ts';
import { type Touch, touchesOf } from '../resolve/touches.ts';
import { otherKinds } from './other-kinds.ts';

/**
 * What is said of the Gloo documents that pass through: what each loses that touches an external service, and one warning for each kind of the rest.
 *
 * A policy that refuses calls to external services is an error: without it they would be open.
 */
export function reportUntranslated(passing: readonly Source[], isKnown: IsKnown, draft: Draft): void {
  const quiet: Source[] = [];
  for (const source of passing) {
    // What it guards was not read.
    if (source.resource.kind === 'AccessPolicy' && draft.incomplete) continue;
    const touches = touchesOf(source, draft);
    if (touches.length === 0) quiet.push(source);
    const alike = grouped(touches, ({ how, isHere }) => [`${how} ${isHere}`]);
    for (const [first, ...others] of alike.values())
      if (first !== undefined) reportTouch({ source, isKnown: isKnown(source) }, first, others, draft);
  }
  for (const [kind, alike] of grouped(quiet, ({ resource }) => [resource.kind])) {
    const [first] = alike;
    if (first === undefined) continue;
    // A gateway that nobody uses, or a policy for other things.
    draft.report.add(isKnown(first) ? 'WO1217' : 'WO1212', at(first, 'kind'), { kind, names: alike.map(nameOf) });
  }
}

/** Whether wayout translates documents of its kind, though not this one. */
type IsKnown = (source: Source) => boolean;

const nameOf = (source: Source): string =>
  qualified({ namespace: namespaceOf(source), name: source.resource.metadata.name });

/** One finding for all that a document does in one way, at the first place where it does so. */
function reportTouch(
  { source, isKnown }: { readonly source: Source; readonly isKnown: boolean },
  first: Touch,
  others: readonly Touch[],
  draft: Draft,
): void {
  const { report, incomplete } = draft;
  const { resource } = source;
  const object = describe(resource);
  const where = at(source, 'spec', ...first.field);
  const related = others.map(({ field }) => ({ words: 'and at', where: at(source, 'spec', ...field) }));
  const named = [...new Set([first, ...others].map(touch => touch.what))].join(', ');
  const id = `${groupOf(resource).replace(/\.gloo\.solo\.io$/, '')}/${resource.kind}`;
  const row = otherKinds.find(
    ({ kinds: ids, effect }) => ids.includes(id) && (effect === 'uses') === (first.how === 'uses'),
  );
  const isStranger = row === undefined && !isKnown;
  const refuses = row?.effect === 'refuses' || (isStranger && first.how === 'acts' && id.startsWith('security'));
  // What could not be read may have been the one that is named.
  const isElsewhere = !first.isHere && !incomplete;
  const what = isElsewhere && refuses ? `${named}, which is not in the list,` : named;
  if (isElsewhere && !refuses) report.add('WO1223', where, { object, what }, related);
  else if (row === undefined) report.add(refuses ? 'WO1214' : 'WO1213', where, { object, what }, related);
  else {
    const services = [...new Set([first, ...others].flatMap(touch => touch.services))];
    const instead = typeof row.instead === 'string' ? row.instead : row.instead(source, services, draft);
    report.add(codes[row.effect], where, { ...row, object, what, instead }, related);
  }
}

const codes = { refuses: 'WO1221', changes: 'WO1220', uses: 'WO1222' } as const;
