import { reportUndeployable } from '../deployable.ts';
import { failed } from '../diagnostics/format.ts';
import { linesOf } from '../diagnostics/lines.ts';
import { Report } from '../diagnostics/report.ts';
import { deployable, writeDocuments } from '../io/documents.ts';
import { withProgress } from '../io/progress.ts';
import type { Io } from '../io/standard.ts';
import { type Input, type Rendered, render } from '../render.ts';
import { readConfig, readFolder, readInput, readPlatform } from './input.ts';
import { explain, type Format, shown } from './render.ts';

/** The options of `wayout generate`, as its help explains them. */
export interface GenerateOptions {
  readonly config?: string;
  readonly platform?: string;
  readonly format: Format | 'line';
}

/** `wayout generate`: what Argo CD deploys, one stream of documents; the same in its sidecar and on a laptop. */
export async function generate(path: string, options: GenerateOptions, io: Io): Promise<number> {
  const report = new Report();
  const rendered = await withProgress(io, () => read(path, options, io, report));
  const isRendered = rendered !== undefined && !failed(rendered.diagnostics);
  // No cluster knows an EgressConfig, whether sources are kept or not.
  const deployed = rendered?.items.filter(item => 'resource' in item || !rendered.configs.has(item)) ?? [];
  if (isRendered) reportUndeployable(deployed, rendered.config, report);
  const items = isRendered ? deployable(deployed, report) : [];
  const diagnostics = [...report.diagnostics, ...(rendered?.diagnostics ?? [])];
  const wrong = failed(diagnostics);
  if (rendered !== undefined && !wrong) io.stdout(shown(writeDocuments(items), io));
  if (options.format === 'line') io.stderr(linesOf(diagnostics));
  else explain(diagnostics, options.format, io);
  return wrong ? 1 : 0;
}

/** Reads and renders; what could not be read is not rendered in part. */
async function read(path: string, options: GenerateOptions, io: Io, report: Report): Promise<Rendered | undefined> {
  const platform = await readPlatform(options.platform, report);
  const functionConfig = options.config === undefined ? undefined : await readConfig(options.config, report);
  const input =
    path === '-' ? await readInput([path], undefined, io, report) : { slices: await readFolder(path, io, report) };
  if (report.failed) return undefined;
  return render({ ...input, platform, ...(functionConfig !== undefined && { functionConfig }), ...givenBy(io.env) });
}

/** What Argo CD tells a plugin in its environment; what it leaves empty it does not say. */
const givenBy = ({
  ARGOCD_APP_PARAMETERS: parameters,
  ARGOCD_APP_NAMESPACE: destination,
  KUBE_API_VERSIONS: served = '',
}: Io['env']): Omit<Input, 'slices'> => ({
  parameters,
  destination: destination === '' ? undefined : destination,
  apiVersions: served.split(',').filter(version => version !== ''),
});
