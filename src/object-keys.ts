import type { Report, Source } from './diagnostics/report.ts';
import { at } from './draft.ts';
import { closest } from './spelling.ts';

/** The fields of Kubernetes' ObjectMeta. */
const metadataKeys: readonly string[] = [
  ...['name', 'generateName', 'namespace', 'labels', 'annotations', 'finalizers', 'ownerReferences', 'managedFields'],
  ...['uid', 'resourceVersion', 'generation', 'creationTimestamp', 'deletionTimestamp', 'deletionGracePeriodSeconds'],
  ...['selfLink', 'clusterName'],
];

/** Reports keys of an object that its kind does not have: what stands behind them would be lost. */
export function reportKeys(source: Source, own: readonly string[], report: Report): void {
  for (const key of Object.keys(source.resource))
    if (!own.includes(key)) report.add('WO1202', at(source, key), { field: key, meant: closest(key, own) });
}

/** Reports keys of an object's metadata that Kubernetes does not have. */
export function reportMetadataKeys(source: Source, report: Report): void {
  for (const key of Object.keys(source.resource.metadata)) {
    if (metadataKeys.includes(key)) continue;
    report.add('WO1202', at(source, 'metadata', key), { field: `metadata.${key}`, meant: closest(key, metadataKeys) });
  }
}
