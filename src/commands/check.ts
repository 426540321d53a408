import { configure } from '../configure.ts';
import { failed } from '../diagnostics/format.ts';
import { type Diagnostic, Report } from '../diagnostics/report.ts';
import { connect } from '../io/cluster.ts';
import { counting } from '../io/progress.ts';
import type { Io } from '../io/standard.ts';
import { checks } from '../live/checks/index.ts';
import { type Cluster, ClusterFailure } from '../live/cluster.ts';
import { dryRun } from '../live/dry-run.ts';
import { meshOf } from '../live/mesh.ts';
import { observe } from '../live/observe.ts';
import { read } from '../read.ts';
import { type Input, render } from '../render.ts';
import { readConfig, readInput } from './input.ts';
import { explain, type Format } from './render.ts';

/** The options by which both live commands reach a cluster. */
export interface LiveOptions {
  readonly context?: string;
  readonly istioNamespace: string;
  /** Seconds for one answer. */
  readonly timeout: number;
}

/** The options of `wayout check --live`, as its help explains them. */
export interface CheckOptions extends LiveOptions {
  readonly config?: string;
  readonly dryRun?: 'server';
  readonly failOn?: 'drift';
  readonly format: Format;
}

/** `wayout check --live`: renders beside what runs in the cluster, and says where the two do not agree. */
export async function check(paths: readonly string[], options: CheckOptions, io: Io): Promise<number> {
  const report = new Report();
  const functionConfig = options.config === undefined ? undefined : await readConfig(options.config, report);
  const input = await readInput(paths, undefined, io, report);
  let found: readonly Diagnostic[] = [];
  if (!report.failed) {
    await withCluster(options, io, report, async cluster => {
      const given = functionConfig === undefined ? input : { ...input, functionConfig };
      const observed = await observe(cluster, { guarded: isGuarded(given) }, report);
      const mesh = await meshOf(cluster, options.istioNamespace, report);
      const rendered = render({ ...given, cluster: observed });
      found = rendered.diagnostics;
      for (const each of checks) await each({ rendered, cluster, observed, mesh, report });
      if (options.dryRun === 'server') await dryRun(rendered, cluster, report);
    });
  }
  const diagnostics = [...found, ...report.diagnostics];
  explain(diagnostics, options.format, io);
  const drifted = options.failOn === 'drift' && diagnostics.some(({ code }) => code.startsWith('WO514'));
  return drifted || failed(diagnostics) ? 1 : 0;
}

/** Whether the configuration asks for a guard; what is wrong with it the render says. */
function isGuarded(input: Input): boolean {
  const report = new Report();
  return configure(read(input.slices, report).configs, input, report).config.guard !== undefined;
}

/** Does something with the user's cluster; why it could not be done is reported. */
export async function withCluster(
  { context, timeout }: LiveOptions,
  io: Io,
  report: Report,
  work: (cluster: Cluster) => Promise<void>,
): Promise<void> {
  const progress = counting(io);
  let server = 'the cluster';
  try {
    const cluster = await connect({ timeout, onPage: progress.show, ...(context !== undefined && { context }) });
    server = cluster.server;
    await work(cluster);
  } catch (error) {
    if (!(error instanceof ClusterFailure)) throw error;
    const { reason } = error.failure;
    if (reason === 'configuration') report.add('WO5001', undefined, { problem: error.message });
    else if (reason === 'unknown-account') report.add('WO5006', undefined, { server, problem: error.message });
    else report.add('WO5002', undefined, { server, problem: error.message });
  } finally {
    progress.end();
  }
}
