import type { Source } from '../../diagnostics/report.ts';
import { at, type Draft } from '../../draft.ts';
import type { TableSpec } from './spec.ts';

type Labels = Readonly<Record<string, string>>;

/** The workloads that a table is for, by labels; empty: all. Undefined where it says nothing of them. */
export function readWorkloads(
  source: Source,
  { workloadSelectors = [] }: TableSpec,
  draft: Draft,
): readonly Labels[] | undefined {
  if (workloadSelectors.length === 0) return undefined;
  const sets = workloadSelectors.map(({ selector: { labels = {}, ...others } = {}, kind = 'KUBE', port }, index) => {
    const odd = [
      ...Object.keys(others).map(field => `selector.${field}`),
      ...(kind === 'VM' ? ['kind: VM'] : []),
      ...(port === undefined ? [] : ['port']),
    ];
    if (odd.length > 0)
      draft.report.add('WO2511', at(source, 'spec', 'workloadSelectors', index), { fields: odd.join(', ') });
    return labels;
  });
  return sets.some(labels => Object.keys(labels).length === 0) ? [] : sets;
}

/** The workloads that bear the labels of both; undefined where none can. */
export function narrowed(outer: readonly Labels[], inner: readonly Labels[]): readonly Labels[] | undefined {
  if (outer.length === 0) return inner;
  if (inner.length === 0) return outer;
  const both = outer.flatMap(one => inner.flatMap(other => (agree(one, other) ? [{ ...one, ...other }] : [])));
  return both.length > 0 ? both : undefined;
}

const agree = (one: Labels, other: Labels): boolean =>
  Object.entries(other).every(([key, value]) => !Object.hasOwn(one, key) || one[key] === value);
