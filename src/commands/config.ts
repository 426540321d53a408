import { failed } from '../diagnostics/format.ts';
import { Report, type Source } from '../diagnostics/report.ts';
import type { Io } from '../io/standard.ts';
import { pods } from '../live/kinds.ts';
import { meshOf } from '../live/mesh.ts';
import { allowed, observe } from '../live/observe.ts';
import { propose } from '../live/propose.ts';
import { read } from '../read.ts';
import { print } from '../yaml/print.ts';
import { type LiveOptions, withCluster } from './check.ts';
import { readInput } from './input.ts';
import { explain, type Format } from './render.ts';

/** The options of `wayout config --live`, as its help explains them. */
export interface ConfigOptions extends LiveOptions {
  readonly format: Format;
}

/** `wayout config --live`: the EgressConfig that the cluster needs, on standard output; nothing there if anything failed. */
export async function proposeConfig(paths: readonly string[], options: ConfigOptions, io: Io): Promise<number> {
  const report = new Report();
  const virtualGateways = await gatewaysIn(paths, io, report);
  let text = '';
  if (!report.failed) {
    await withCluster(options, io, report, async cluster => {
      const observed = await observe(cluster, { guarded: false }, report);
      const mesh = await meshOf(cluster, options.istioNamespace, report);
      const labelled = await allowed(() => cluster.list(pods, { labelSelector: 'istio' }), report);
      text = print(propose({ mesh, observed, pods: labelled ?? [], virtualGateways }));
    });
  }
  explain(report.diagnostics, options.format, io);
  if (failed(report.diagnostics)) return 1;
  io.stdout(text);
  return 0;
}

async function gatewaysIn(paths: readonly string[], io: Io, report: Report): Promise<readonly Source[]> {
  if (paths.length === 0) return [];
  const { slices } = await readInput(paths, undefined, io, report);
  return read(slices, report).gloo.filter(({ resource }) => resource.kind === 'VirtualGateway');
}
