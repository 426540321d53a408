import { failed, sorted } from '../diagnostics/format.ts';
import { lineOf, type Result, resultsOf } from '../diagnostics/krm-results.ts';
import { Report } from '../diagnostics/report.ts';
import { readResourceList } from '../io/resource-list.ts';
import type { Io } from '../io/standard.ts';
import { render } from '../render.ts';

/**
 * The KRM function: a ResourceList in, the rendered one out.
 *
 * Hosts look at the exit code and show standard error; some read `results`. So an error says itself in all three ways, and takes every item with it.
 */
export function krm({ validate }: { readonly validate: boolean }, io: Io): number {
  const report = new Report();
  const list = readResourceList(io.stdin(), report);
  const rendered = list === undefined || report.failed ? undefined : render(list);
  const diagnostics = sorted([...report.diagnostics, ...(rendered?.diagnostics ?? [])]);
  const results = resultsOf(diagnostics);
  const wrong = failed(diagnostics);
  const items = wrong || validate || rendered === undefined ? [] : rendered.items;
  // All is printed before any of it is written: a mistake of ours on the way yields no half of a list.
  const parts = [...(list?.write(items, results) ?? [emptyList(results)])];
  for (const part of parts) io.stdout(part);
  // What was filled in by default is in `results`; a build log would only drown in it.
  const lines = results.filter(({ severity }) => severity !== 'info').map(lineOf);
  if (lines.length > 0) io.stderr(`${lines.join('\n')}\n`);
  return wrong ? 1 : 0;
}

/** The answer to what is no ResourceList; JSON is YAML too. */
const emptyList = (results: readonly Result[]): string =>
  `${JSON.stringify({ apiVersion: 'config.kubernetes.io/v1', kind: 'ResourceList', items: [], results })}\n`;
