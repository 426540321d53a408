import type { Report, Source } from './diagnostics/report.ts';
import { at } from './draft.ts';
import { describe, groupOf, idOf } from './k8s/resource.ts';
import type { Kind } from './kinds/kind.ts';
import { kinds } from './kinds/index.ts';
import type { Config } from './plan.ts';

/** The Gloo documents of a list, each with its namespace. */
export interface Inputs {
  readonly all: readonly Source[];
  /** `ExternalService/shop/pay`, as generated objects name their source. */
  readonly ids: ReadonlySet<string>;
  of(kind: Kind): readonly Source[];
}

/** Fills in the namespaces, and reports what stands twice, has no namespace, or is of a version that nobody reads. */
export function withNamespaces(sources: readonly Source[], config: Config, report: Report): Inputs {
  const all = sources.map(source => withNamespace(source, config));
  const seen = new Map<string, Source>();
  for (const source of all) {
    const { resource } = source;
    const known = kinds.find(({ kind, apiVersion }) => kind === resource.kind && groupOf({ apiVersion }) === groupOf(resource));
    if (known === undefined) continue;
    const object = describe(resource);
    const twin = seen.get(idOf(resource));
    if (known.apiVersion !== resource.apiVersion) {
      report.add('WO1204', at(source, 'apiVersion'), { apiVersion: resource.apiVersion, kind: resource.kind, known: known.apiVersion });
    }
    if (resource.metadata.namespace === undefined) report.add('WO1210', at(source, 'metadata'), { object });
    if (twin !== undefined) report.add('WO1205', at(source, 'metadata', 'name'), { object }, [{ words: 'first at', where: at(twin) }]);
    seen.set(idOf(resource), source);
  }
  return {
    all,
    ids: new Set(all.map(({ resource: { kind, metadata } }) => `${kind}/${metadata.namespace}/${metadata.name}`)),
    of: kind => all.filter(({ resource }) => resource.kind === kind.kind && resource.apiVersion === kind.apiVersion),
  };
}

function withNamespace(source: Source, { namespace }: Config): Source {
  const { resource } = source;
  if (resource.metadata.namespace !== undefined || namespace === undefined) return source;
  return { ...source, resource: { ...resource, metadata: { ...resource.metadata, namespace } } };
}
