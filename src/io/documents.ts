import type { Report } from '../diagnostics/report.ts';
import type { Generated } from '../emit.ts';
import { parser } from '../on-demand.ts';
import { ended } from '../yaml/ended.ts';
import { print } from '../yaml/print.ts';
import { type Slice, withoutDash } from '../yaml/slice.ts';
import { mentions, parse } from '../yaml/source.ts';
import { splitDocuments } from '../yaml/split.ts';
import { decode } from './text.ts';

/** The objects of one file of YAML documents or JSON. */
export function readDocuments(bytes: Uint8Array, file: string | undefined, report: Report): Slice[] {
  const text = decode(bytes, file, report);
  return text === undefined ? [] : splitDocuments(text, report, file);
}

/** Objects as one stream of YAML documents: what was there as it came, `---` between them. */
export const writeDocuments = (items: readonly (Slice | Generated)[]): string =>
  items.map(item => ended('resource' in item ? print(item.resource) : withoutDash(item))).join('---\n');

/** The annotations by which a host of KRM functions knows its items; they mean nothing to a cluster. */
const hosts = [
  'internal.config.kubernetes.io/',
  'kustomize.config.k8s.io/',
  'config.kubernetes.io/',
  'config.k8s.io/id',
];
const isOfHost = (name: string): boolean =>
  /^(?:internal\.config\.kubernetes\.io\/|kustomize\.config\.k8s\.io\/|config\.kubernetes\.io\/(?:path|index)$|config\.k8s\.io\/id$)/.test(
    name,
  );

/** Objects as a cluster takes them: without what a host of KRM functions wrote into them. What cannot be read is reported. */
export const deployable = (items: readonly (Slice | Generated)[], report: Report): readonly (Slice | Generated)[] =>
  items.map(item => {
    if (!('resource' in item)) return mentions(item, hosts) ? withoutHosts(item, report) : item;
    const { metadata } = item.resource;
    const kept = Object.entries(metadata.annotations ?? {}).filter(([name]) => !isOfHost(name));
    return {
      ...item,
      resource: { ...item.resource, metadata: { ...metadata, annotations: Object.fromEntries(kept) } },
    };
  });

function withoutHosts(slice: Slice, report: Report): Slice {
  const cleaned = parser().withoutAnnotations(slice, isOfHost);
  if (cleaned !== undefined) return cleaned;
  parse(slice, report);
  if (!report.failed) throw new Error('an annotation of a host cannot be taken out of an object that can be read');
  return slice;
}
