import type { Report } from './diagnostics/report.ts';
import type { Generated } from './emit.ts';
import { grouped } from './grouped.ts';
import { groupOf, type Resource } from './k8s/resource.ts';

/** Reports what was made and the cluster does not serve, an API version at a time; without a list of what it serves, nothing. */
export function reportUnserved(made: readonly Generated[], served: readonly string[], report: Report): void {
  if (served.length === 0) return;
  const missing = grouped(
    made.filter(({ resource }) => !isServed(resource, served)),
    ({ resource }) => [resource.apiVersion],
  );
  for (const [apiVersion, [first, ...others]] of missing) {
    if (first === undefined) continue;
    const kinds = [...new Set([first, ...others].map(({ resource }) => resource.kind))];
    const group = `${groupOf({ apiVersion })}/`;
    const instead = served
      .filter(entry => entry.startsWith(group))
      .map(entry => entry.split('/').slice(0, 2).join('/'));
    report.add('WO1406', { source: first.from }, { apiVersion, kinds, instead: [...new Set(instead)].sort() });
  }
}

/** A list may name versions alone, or each kind of them. */
const isServed = ({ apiVersion, kind }: Resource, served: readonly string[]): boolean =>
  served.includes(`${apiVersion}/${kind}`) ||
  (served.includes(apiVersion) && !served.some(entry => entry.startsWith(`${apiVersion}/`)));
