import { assemble } from './assemble.ts';
import type { Config } from './config.ts';
import { configure, type Given } from './configure.ts';
import { type Diagnostic, Report } from './diagnostics/report.ts';
import { draftOf } from './draft.ts';
import { emit, type Generated } from './emit.ts';
import { withNamespaces } from './inputs.ts';
import { kinds } from './kinds/index.ts';
import { reportPassing } from './kinds/passing.ts';
import { reportUnused } from './options.ts';
import { inPart } from './part.ts';
import type { Plan } from './plan.ts';
import { read, renderedBefore, sourceId, sourceOf } from './read.ts';
import { guardOf } from './resolve/guard.ts';
import { closedNamespaces } from './resolve/registry-only.ts';
import { isRead } from './resolve/workspaces.ts';
import { reportClaimedTables, withoutClaimed } from './rules/claimed-elsewhere.ts';
import { rules } from './rules/index.ts';
import { withoutOverlaps } from './rules/overlap.ts';
import { reportUnserved } from './served.ts';
import { beside, together, type Witnesses } from './witnesses.ts';
import type { Slice } from './yaml/slice.ts';

/** What there is to render: the objects as text, and what else a host gives. */
export interface Input extends Given {
  readonly slices: readonly Slice[];
  /** What the cluster serves, as `networking.istio.io/v1` or with a kind behind it; absent or empty, nobody knows. */
  readonly apiVersions?: readonly string[];
  /** What runs in the cluster, for the rules to look at; it reaches the output in no way. */
  readonly cluster?: Witnesses;
}

/** The output in its order, untouched slices among it; empty if any diagnostic is an error. */
export interface Rendered {
  readonly items: readonly (Slice | Generated)[];
  readonly diagnostics: readonly Diagnostic[];
  readonly config: Config;
  /** What the output was made from, for commands that look further; absent if any diagnostic is an error. */
  readonly plan?: Plan;
  /** The inputs, as generated objects name them. */
  readonly sources: ReadonlySet<string>;
  /** The objects of the list that configure wayout: with `sources: keep` they are among the output. */
  readonly configs: ReadonlySet<Slice>;
}

/** Renders one list: pure, the same bytes for the same input. Every phase reports and goes on, so that one run shows all mistakes. */
export function render(input: Input): Rendered {
  const report = new Report();
  const reading = read(input.slices, report);
  const { config, layers, resources, workspaces, sources, claims } = configure(reading.configs, input, report);
  const carried = read(resources, report);
  const slices = [...reading.slices, ...resources];
  const inputs = withNamespaces([...workspaces, ...reading.gloo, ...carried.gloo], config, report);

  const ids = new Set([...inputs.ids, ...layers.map(({ source }) => sourceId(source.resource))]);
  const replaced = new Set(reading.generated.filter(source => ids.has(sourceOf(source.resource.metadata) ?? '')));
  const listed = together([reading, carried].map(({ witnesses: of }) => of(replaced, config.namespace)));
  const witnesses = input.cluster === undefined ? listed : together([beside(listed, input.cluster, ids)]);
  const draft = draftOf(config, witnesses, renderedBefore(reading.generated, ids), report);
  for (const kind of kinds) {
    const documents = inputs.of(kind);
    for (const document of documents) if (isRead(document, draft)) kind.contribute(document, draft);
    kind.finish?.(draft, documents);
  }
  reportPassing(inputs.all, draft);
  if (!draft.incomplete) reportUnused(layers, draft.services, report);

  const services = withoutOverlaps(withoutClaimed(draft.services, claims, config, report), config, report);
  reportClaimedTables(draft.routeTables, claims, report);
  for (const rule of rules)
    rule({ services, routeTables: draft.routeTables, config, workspaces: draft.workspaces, witnesses, report });

  const closed = closedNamespaces(layers, witnesses, report);
  const guard = guardOf(services, config, layers, witnesses, report);
  const plan: Plan = { services, routeTables: draft.routeTables, config, closed, guard };
  const now = emit(plan, witnesses, report);
  reportUnserved(now, input.apiVersions ?? [], report);
  const leaving = new Set(config.sources === 'drop' ? [...sources, ...draft.used].map(({ slice }) => slice) : []);
  const all = assemble({ slices, leaving, before: reading.generated, now, inputs: ids, config });
  const items = inPart(all, services, config);
  const [gone] = draft.used;
  if (items.length === 0 && slices.length > sources.length && !config.allowEmpty && !report.failed)
    report.add('WO1211', gone === undefined ? undefined : { source: gone }, {});
  const configs = new Set(sources.map(({ slice }) => slice));
  const result = { diagnostics: report.diagnostics, sources: ids, config, configs };
  return report.failed ? { ...result, items: [] } : { ...result, items, plan };
}
