import { failed } from '../diagnostics/format.ts';
import { printableLines } from '../diagnostics/printable.ts';
import { type Diagnostic, Report } from '../diagnostics/report.ts';
import { diffOf } from '../io/diff.ts';
import { hasColour, type Io } from '../io/standard.ts';
import { reviewJson } from '../review/json.ts';
import { reviewMarkdown } from '../review/markdown.ts';
import { type Review, reviewOf } from '../review/review.ts';
import { reviewText } from '../review/text.ts';
import { readConfig } from './input.ts';
import { explain } from './render.ts';
import { readSides } from './side.ts';

/** How a review is written. */
export type ReviewFormat = 'text' | 'markdown' | 'json';

/** The options of `wayout diff`, as its help explains them. */
export interface DiffOptions {
  readonly config?: string;
  readonly format: ReviewFormat;
  readonly failOn?: 'opens';
}

/** The exit code that `--fail-on` is known by: no other failure has it. */
const opensEgress = 4;

/** `wayout diff`: what a change lets out of the mesh and what it closes, then the objects. */
export async function diff(base: string, head: string, options: DiffOptions, io: Io): Promise<number> {
  const report = new Report();
  const config = options.config === undefined ? undefined : await readConfig(options.config, report);
  const sides = report.failed ? [] : await readSides([base, head], config, io);
  const diagnostics = [...report.diagnostics, ...worthSaying(sides.map(side => side.diagnostics))];
  explain(diagnostics, 'text', io);
  const [before, after] = sides;
  if (failed(diagnostics) || before === undefined || after === undefined) return 1;
  const review = reviewOf(before.side, after.side);
  io.stdout(await written(review, options.format, io));
  return options.failOn === 'opens' && review.opens ? opensEgress : 0;
}

async function written(review: Review, format: ReviewFormat, io: Io): Promise<string> {
  if (format === 'json') return reviewJson(review);
  const colour = format === 'text' && hasColour(io, 'stdout');
  const diff = await diffOf(
    review.objects.map(({ path, before, after }) => ({
      path,
      before: before && printableLines(before),
      after: after && printableLines(after),
    })),
    colour,
  );
  return format === 'text' ? reviewText(review, diff, colour) : reviewMarkdown(review, diff);
}

/** Errors of either side, and of the rest what the change brings: what stood before was reviewed before. */
function worthSaying([base = [], head = []]: readonly (readonly Diagnostic[])[]): readonly Diagnostic[] {
  const known = new Set(base.map(({ code, message }) => `${code} ${message}`));
  const isNew = ({ code, message, severity }: Diagnostic): boolean =>
    severity === 'error' || (severity === 'warning' && !known.has(`${code} ${message}`));
  const absent = base.filter(({ code, severity }) => severity === 'error' || code === 'WO1505');
  return [...absent, ...head.filter(diagnostic => isNew(diagnostic) || diagnostic.code === 'WO1505')];
}
