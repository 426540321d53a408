import type { Path, Source } from '../diagnostics/report.ts';
import type { Witnesses } from '../witnesses.ts';
import { fieldsOf, listOf, namespaceOf } from './foreign.ts';

type Fields = ReturnType<typeof fieldsOf>;

/** What makes pods, by its API group and kind, and where it describes them. */
const kinds: readonly (readonly [string, string, Path])[] = [
  ['', 'Pod', []],
  ['', 'ReplicationController', ['spec', 'template']],
  ['apps', 'Deployment', ['spec', 'template']],
  ['apps', 'StatefulSet', ['spec', 'template']],
  ['apps', 'DaemonSet', ['spec', 'template']],
  ['apps', 'ReplicaSet', ['spec', 'template']],
  ['batch', 'Job', ['spec', 'template']],
  ['batch', 'CronJob', ['spec', 'jobTemplate', 'spec', 'template']],
];

/** Pods as somebody's workload describes them. */
export interface Workload {
  readonly source: Source;
  /** The place of the description in the object. */
  readonly path: Path;
  readonly metadata: Fields;
  readonly spec: Fields;
}

/** The workloads of some namespaces, in input order by kind. */
export const workloadsIn = (namespaces: ReadonlySet<string>, witnesses: Witnesses): readonly Workload[] =>
  namespaces.size === 0
    ? []
    : kinds.flatMap(([group, kind, path]) =>
        witnesses
          .of(group, kind)
          .filter(source => namespaces.has(namespaceOf(source)))
          .map(source => describedAt(source, path)),
      );

function describedAt(source: Source, path: Path): Workload {
  const template = path.reduce<unknown>((value, key) => fieldsOf(value)[key], source.resource);
  const { metadata, spec } = fieldsOf(template);
  return { source, path, metadata: fieldsOf(metadata), spec: fieldsOf(spec) };
}

/** A container of a workload, and its place. */
interface Container {
  readonly name: string;
  readonly fields: Fields;
  readonly path: Path;
}

/** The containers of a workload, those that run first among them; not the sidecar, which somebody may have written out. */
export const containersOf = ({ spec, path }: Workload): readonly Container[] =>
  ['initContainers', 'containers'].flatMap(list =>
    listOf(spec[list])
      .map(fieldsOf)
      .map((fields, index) => ({ name: String(fields.name), fields, path: [...path, 'spec', list, index] }))
      .filter(({ name }) => name !== 'istio-proxy' && name !== 'istio-init'),
  );
