import type { Config } from './config.ts';
import { Report } from './diagnostics/report.ts';
import type { Generated } from './emit.ts';
import type { Resource } from './k8s/resource.ts';
import { withoutLists } from './opened-list.ts';
import { type ExternalService, gatewaysOf } from './plan.ts';
import { opened, type Slice } from './yaml/slice.ts';
import { parse } from './yaml/source.ts';

/** Whether an object of a namespace belongs to the part that is rendered: those of gateways, or all others; each object is in one of the two. */
export function partOf(
  services: readonly ExternalService[],
  { part, namespace: fallback }: Config,
): (namespace: string | undefined) => boolean {
  if (part === 'all') return () => true;
  const gateways = new Set(services.flatMap(gatewaysOf).map(({ workloadNamespace }) => workloadNamespace));
  return namespace => gateways.has(namespace ?? fallback ?? '') === (part === 'gateways');
}

/** The output without the objects of the other part, also those that are not ours: two Applications would manage them. */
export function inPart(
  items: readonly (Slice | Generated)[],
  services: readonly ExternalService[],
  config: Config,
): readonly (Slice | Generated)[] {
  if (config.part === 'all') return items;
  const belongs = partOf(services, config);
  // Of a list some objects may be in each part; one that cannot be taken apart was reported where it is read.
  const each = items.flatMap((item): readonly (Slice | Generated)[] =>
    'resource' in item ? [item] : withoutLists(opened(item), new Report()),
  );
  return each.filter(item => belongs(namespaceIn('resource' in item ? item.resource : parse(item, new Report()))));
}

/** The namespace that an object names, if it is one and does. */
function namespaceIn(value: unknown): string | undefined {
  // Anything may stand in an object that is not ours: only a text is taken.
  const namespace = (value as Partial<Resource> | null | undefined)?.metadata?.namespace;
  return typeof namespace === 'string' ? namespace : undefined;
}
