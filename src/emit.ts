import type { Report, Source } from './diagnostics/report.ts';
import type { Emitter } from './emitters/emitter.ts';
import { emitters } from './emitters/index.ts';
import { registryOnly } from './emitters/sidecar/registry-only.ts';
import { describe, groupOf, idOf, type Resource } from './k8s/resource.ts';
import { partOf } from './part.ts';
import type { ExternalService, Plan } from './plan.ts';
import type { RouteTable } from './routing.ts';
import { inWave } from './sync-waves.ts';
import type { Witnesses } from './witnesses.ts';

/** An object that wayout made, and the input that asked for it. */
export interface Generated {
  readonly resource: Resource;
  readonly from: Source;
}

/** The objects of a plan: in the order of their sources, then by kind, then by name; a name that is taken is reported. */
export function emit(plan: Plan, witnesses: Witnesses, report: Report): readonly Generated[] {
  const { services, routeTables, closed, config } = plan;
  const inPart = partOf(services, config);
  const generated = [
    ...services.flatMap(service => objects(service, emitter => emitter.emit(service, plan))),
    ...routeTables.flatMap(table => objects(table, emitter => emitter.route?.(table) ?? [])),
    ...closed.map(of => ({ resource: registryOnly(of), from: of.from })),
  ];
  const all = generated
    .filter(({ resource }) => inPart(resource.metadata.namespace))
    .map(item => ({ ...item, resource: inWave(item.resource, config) }));
  reportTaken(all, witnesses, report);
  return all;
}

function objects(
  { origin: { source } }: ExternalService | RouteTable,
  made: (emitter: Emitter) => readonly Resource[],
): readonly Generated[] {
  if (source === undefined) return [];
  return emitters
    .flatMap(made)
    .toSorted(byKindAndName)
    .map(resource => ({ resource, from: source }));
}

function byKindAndName(one: Resource, other: Resource): number {
  const [key, otherKey] = [one, other].map(({ kind, metadata }) => `${kind}\n${metadata.namespace}\n${metadata.name}`);
  // Code units, not the machine's language, decide.
  return (key ?? '') < (otherKey ?? '') ? -1 : 1;
}

function reportTaken(generated: readonly Generated[], witnesses: Witnesses, report: Report): void {
  const foreign = new Map<string, ReturnType<Witnesses['of']>[number]>();
  const kinds = new Map(generated.map(({ resource }) => [resource.kind, groupOf(resource)]));
  for (const [kind, group] of kinds)
    for (const source of witnesses.of(group, kind)) foreign.set(idOf(source.resource), source);
  const made = new Map<string, Generated>();
  for (const item of generated) {
    const id = idOf(item.resource);
    const object = describe(item.resource);
    const taken = foreign.get(id);
    const twin = made.get(id);
    const where = { source: item.from };
    if (taken !== undefined)
      report.add('WO4001', where, { object }, [{ words: 'it stands at', where: { source: taken } }]);
    if (twin !== undefined)
      report.add('WO4002', where, { object }, [{ words: 'first made from', where: { source: twin.from } }]);
    made.set(id, item);
  }
}
