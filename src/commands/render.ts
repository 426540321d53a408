import { failed, jsonOf, sorted, textOf } from '../diagnostics/format.ts';
import { printableLines } from '../diagnostics/printable.ts';
import { type Diagnostic, Report } from '../diagnostics/report.ts';
import { diffOf } from '../io/diff.ts';
import { writeDocuments } from '../io/documents.ts';
import { apply, compare } from '../io/output.ts';
import { withProgress } from '../io/progress.ts';
import { hasColour, type Io } from '../io/standard.ts';
import { type Rendered, render } from '../render.ts';
import { readConfig, readInput } from './input.ts';

/** How the diagnostics are written. */
export type Format = 'text' | 'json';

/** The options of `wayout render`, as its help explains them. */
export interface RenderOptions {
  readonly output?: string;
  readonly prune?: boolean;
  readonly check?: boolean;
  readonly config?: string;
  readonly format: Format;
}

/** `wayout render`: files in; one stream, a folder of files, or a diff out. */
export async function renderFiles(paths: readonly string[], options: RenderOptions, io: Io): Promise<number> {
  const report = new Report();
  const rendered = await withProgress(io, () => read(paths, options, io, report));
  const clean = rendered !== undefined && !failed(rendered.diagnostics);
  const stale = clean && (await deliver(rendered, options, io, report));
  const diagnostics = [...report.diagnostics, ...(rendered?.diagnostics ?? [])];
  explain(diagnostics, options.format, io);
  return stale || failed(diagnostics) ? 1 : 0;
}

/** Reads and renders; what could not be read is not rendered in part. */
async function read(
  paths: readonly string[],
  { config, output }: RenderOptions,
  io: Io,
  report: Report,
): Promise<Rendered | undefined> {
  const functionConfig = config === undefined ? undefined : await readConfig(config, report);
  const input = await readInput(paths, output, io, report);
  if (report.failed) return undefined;
  return render(functionConfig === undefined ? input : { ...input, functionConfig });
}

/** Brings the result where it was asked for; the answer is whether `--check` found the folder stale. */
async function deliver(
  { items }: Rendered,
  { output, prune, check }: RenderOptions,
  io: Io,
  report: Report,
): Promise<boolean> {
  if (output === undefined) {
    io.stdout(shown(writeDocuments(items), io));
    return false;
  }
  const changes = await compare(output, items, report);
  if (report.failed) return false;
  if (check === true) {
    const visible = changes.map(({ path, before, after }) => ({
      path,
      before: before && shown(before, io),
      after: after && shown(after, io),
    }));
    io.stdout(await diffOf(visible, hasColour(io, 'stdout')));
    return changes.length > 0;
  }
  await apply(
    output,
    changes.filter(({ after }) => after !== undefined || prune === true),
    report,
  );
  if (prune === true) return false;
  for (const { path, after } of changes) if (after === undefined) report.add('WO1108', { file: path }, { path });
  return false;
}

/** A text as it came; on a terminal, without what would steer it. */
export const shown = (text: string, io: Io): string => (io.isTerminal('stdout') ? printableLines(text) : text);

/** Writes what was found to standard error; as JSON an array, also where nothing was found. */
export function explain(diagnostics: readonly Diagnostic[], format: Format, io: Io): void {
  const found = sorted(diagnostics);
  const colour = hasColour(io, 'stderr');
  io.stderr(format === 'json' ? jsonOf(found) : found.map(diagnostic => textOf(diagnostic, colour)).join(''));
}
