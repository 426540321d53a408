import { isInput } from '../deployable.ts';
import { failed } from '../diagnostics/format.ts';
import { Report } from '../diagnostics/report.ts';
import type { Io } from '../io/standard.ts';
import { describe } from '../k8s/resource.ts';
import { read } from '../read.ts';
import { readInput } from './input.ts';
import { explain, type Format } from './render.ts';

/** `wayout check-expanded`: fails, and names each, if an input that rendering removes is still there. */
export async function checkExpanded(
  paths: readonly string[],
  { format }: { readonly format: Format },
  io: Io,
): Promise<number> {
  const report = new Report();
  const { slices } = await readInput(paths, undefined, io, report);
  const { gloo, configs } = read(slices, report);
  for (const source of [...gloo, ...configs])
    if (isInput(source.resource)) report.add('WO1109', { source }, { object: describe(source.resource) });
  explain(report.diagnostics, format, io);
  return failed(report.diagnostics) ? 1 : 0;
}
