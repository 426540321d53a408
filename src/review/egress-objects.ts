import { groupOf, type Resource } from '../k8s/resource.ts';
import { isObject } from '../object.ts';
import { mark } from '../recognition/recognize.ts';
import type { Slice, TypeMeta } from '../yaml/slice.ts';
import { mentions } from '../yaml/source.ts';

/** API groups of which every object may decide what exits the mesh. */
const groups: readonly string[] = [
  'networking.istio.io',
  'security.istio.io',
  'extensions.istio.io',
  'gateway.networking.k8s.io',
  'gateway.networking.x-k8s.io',
  'policy.networking.k8s.io',
];

/** What stands in a text, however it cannot be read, that may be one of these objects. */
export const egressTelltales: readonly string[] = [...groups, 'NetworkPolicy', mark];

/** Whether a slice of a type may be such an object: one of Istio or of the Gateway API, a NetworkPolicy, a ConfigMap that may be the mesh's. */
export const mayBeEgressObject = ({ apiVersion, kind }: TypeMeta, slice: Slice): boolean =>
  groups.includes(groupOf({ apiVersion })) ||
  (kind === 'NetworkPolicy' && groupOf({ apiVersion }) === 'networking.k8s.io') ||
  (kind === 'ConfigMap' && apiVersion === 'v1' && mentions(slice, ['mesh']));

/** Whether an object that may be one is: a ConfigMap only if it holds the configuration of the mesh. */
export function isEgressObject({ kind, data, binaryData }: Resource): boolean {
  const keys = [data, binaryData].flatMap(fields => (isObject(fields) ? Object.keys(fields) : []));
  return kind !== 'ConfigMap' || keys.some(key => key === 'mesh' || key === 'meshNetworks');
}

/**
 * What of an object decides what exits the mesh: not its status, nor labels and annotations, but for those of Istio's own and
 * the labels of a WorkloadEntry, by which ServiceEntries select it.
 */
export function decisive({ metadata, status: _, ...rest }: Resource): object {
  const { name, namespace, labels, annotations } = metadata;
  return {
    ...rest,
    metadata: {
      name,
      namespace,
      labels: rest.kind === 'WorkloadEntry' ? labels : ofIstio(labels),
      annotations: ofIstio(annotations),
    },
  };
}

/** The labels or annotations that Istio reads; anything may stand in a rendered object that was edited by hand. */
const ofIstio = (map: unknown): object | undefined => {
  const kept = Object.entries(isObject(map) ? map : {}).filter(([key]) => /(?:^|\.)istio\.io\//.test(key));
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
};
