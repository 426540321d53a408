import type { Config } from './config.ts';
import type { Report, Source } from './diagnostics/report.ts';
import { at } from './draft.ts';
import { grouped } from './grouped.ts';
import { isLabel, isSubdomain } from './k8s/names.ts';
import { describe, groupOf, idOf } from './k8s/resource.ts';
import { kinds } from './kinds/index.ts';
import type { Kind } from './kinds/kind.ts';
import { reportMetadataKeys } from './object-keys.ts';
import { sourceId, withNamespace } from './read.ts';

/** The Gloo documents of a list, each with its namespace. */
export interface Inputs {
  readonly all: readonly Source[];
  /** `ExternalService/shop/pay`, as generated objects name their source. */
  readonly ids: ReadonlySet<string>;
  of(kind: Kind): readonly Source[];
}

const kindsByGroup = new Map(kinds.map(kind => [`${groupOf(kind)}/${kind.kind}`, kind]));

/** Fills in the namespaces, and reports what stands twice, has no namespace, or is of a version that nobody reads. */
export function withNamespaces(sources: readonly Source[], config: Config, report: Report): Inputs {
  const named = sources.map(source => withNamespace(source, config.namespace));
  const twins = new Set<Source>();
  const seen = new Map<string, Source>();
  for (const source of named) {
    const { resource } = source;
    reportMetadataKeys(source, report);
    const known = kindsByGroup.get(`${groupOf(resource)}/${resource.kind}`);
    if (known === undefined) continue;
    const id = idOf(resource);
    const twin = seen.get(id);
    if (known.apiVersion !== resource.apiVersion) {
      report.add('WO1204', at(source, 'apiVersion'), {
        apiVersion: resource.apiVersion,
        kind: resource.kind,
        known: known.apiVersion,
      });
    }
    reportNames(source, report);
    if (resource.metadata.namespace === undefined)
      report.add('WO1210', at(source, 'metadata'), { object: describe(resource) });
    if (twin !== undefined) {
      report.add('WO1205', at(source, 'metadata', 'name'), { object: describe(resource) }, [
        { words: 'first at', where: at(twin) },
      ]);
      twins.add(source);
    } else seen.set(id, source);
  }
  // What a second one would clash with is the first.
  const all = named.filter(source => !twins.has(source));
  const byKind = grouped(all, ({ resource }) => [`${resource.apiVersion}/${resource.kind}`]);
  return {
    all,
    ids: new Set(all.map(({ resource }) => sourceId(resource))),
    of: ({ kind, apiVersion }) => byKind.get(`${apiVersion}/${kind}`) ?? [],
  };
}

/** A name that Kubernetes refuses would reach names, hosts and `exportTo` of what is made, where `*` means everyone. */
function reportNames(source: Source, report: Report): void {
  const { name, namespace } = source.resource.metadata;
  if (!isSubdomain(name)) report.add('WO1216', at(source, 'metadata', 'name'), { value: name, what: 'name' });
  if (namespace !== undefined && !isLabel(namespace))
    report.add('WO1216', at(source, 'metadata', 'namespace'), { value: namespace, what: 'namespace' });
}
