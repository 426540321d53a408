import type { Report } from '../diagnostics/report.ts';
import type { Generated } from '../emit.ts';
import { parser } from '../on-demand.ts';
import { print } from '../yaml/print.ts';
import { ended, type Slice, withoutDash } from '../yaml/slice.ts';
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
const internal =
  /\b(?:internal\.config\.kubernetes\.io\/|kustomize\.config\.k8s\.io\/|config\.kubernetes\.io\/(?:path|index)\b|config\.k8s\.io\/id\b)/;

/** Objects as a cluster takes them: without what a host of KRM functions wrote into them. */
export const deployable = (items: readonly (Slice | Generated)[]): readonly (Slice | Generated)[] =>
  items.map(item => {
    if (!('resource' in item)) return internal.test(item.text) ? parser().withoutAnnotations(item, internal) : item;
    const { metadata } = item.resource;
    const kept = Object.entries(metadata.annotations ?? {}).filter(([key]) => !internal.test(key));
    return {
      ...item,
      resource: { ...item.resource, metadata: { ...metadata, annotations: Object.fromEntries(kept) } },
    };
  });
