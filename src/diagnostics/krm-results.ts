import { fieldName } from '../draft.ts';
import { describe } from '../k8s/resource.ts';
import { valueAt } from '../value-at.ts';
import type { Severity } from './catalog.ts';
import { printable } from './printable.ts';
import type { Diagnostic, Path, Related, Source, Where } from './report.ts';

/** One entry of a ResourceList's `results`, as the KRM functions specification has it. */
export interface Result {
  readonly message: string;
  readonly severity: Severity;
  readonly resourceRef?: {
    readonly apiVersion: string;
    readonly kind: string;
    readonly name: string;
    readonly namespace?: string;
  };
  readonly field?: { readonly path: string; readonly currentValue?: string | number | boolean };
  readonly file?: { readonly path: string; readonly index: number };
  readonly tags: { readonly code: string };
}

/** The diagnostics as `results`; the other places that one speaks of, and the way out, are part of its message. */
export const resultsOf = (diagnostics: readonly Diagnostic[]): Result[] => diagnostics.map(result);

/** `[error] v1/Service/shop/pay spec.ports: …`: one line for each, which is all that kustomize shows. */
export function lineOf({ message, severity, resourceRef: ref, field, file, tags }: Result): string {
  const object = ref && [ref.apiVersion, ref.kind, ...(ref.namespace === undefined ? [] : [ref.namespace]), ref.name];
  const place = [object?.join('/') ?? file?.path, field?.path].filter(part => part !== undefined).join(' ');
  return printable(`[${severity}] ${place}${place === '' ? '' : ': '}${message} (${tags.code})`);
}

function result({ code, severity, message, hint, where, related }: Diagnostic): Result {
  const { source, field = [] } = where ?? {};
  const file = fileOf(where);
  return {
    message: [message, ...related.map(other), ...(hint === undefined ? [] : [hint])].join('; '),
    severity,
    ...(source !== undefined && { resourceRef: refOf(source) }),
    ...(source !== undefined &&
      field.length > 0 && { field: { path: fieldName(field), ...currentValue(source, field) } }),
    ...(file !== undefined && { file }),
    tags: { code },
  };
}

function other({ words, where }: Related): string {
  const file = fileOf(where);
  return [
    words,
    ...(where.source === undefined ? [] : [describe(where.source.resource)]),
    ...(where.field === undefined ? [] : [fieldName(where.field)]),
    ...(file === undefined ? [] : [`(${file.path}, document ${file.index + 1})`]),
  ].join(' ');
}

const refOf = ({ resource: { apiVersion, kind, metadata } }: Source): NonNullable<Result['resourceRef']> => ({
  apiVersion,
  kind,
  name: metadata.name,
  ...(metadata.namespace !== undefined && { namespace: metadata.namespace }),
});

/** The user's file: a host has rewritten the text, but kept the path in an annotation. */
export function fileOf(where: Where | undefined): Result['file'] {
  const annotations = where?.source?.resource.metadata.annotations ?? {};
  const path = annotations['internal.config.kubernetes.io/path'] ?? annotations['config.kubernetes.io/path'];
  const index = annotations['internal.config.kubernetes.io/index'] ?? annotations['config.kubernetes.io/index'];
  if (path !== undefined) return { path, index: Number.parseInt(index ?? '', 10) || 0 };
  const slice = where?.source?.slice ?? where?.slice;
  const file = slice?.file ?? where?.file;
  return file === undefined ? undefined : { path: file, index: slice?.index ?? 0 };
}

/** The value at a field, if it is one value that fits a line; a Secret's is shown to nobody. */
function currentValue({ resource }: Source, field: Path): { currentValue?: string | number | boolean } {
  if (resource.kind === 'Secret') return {};
  const value = valueAt(resource, field);
  const short =
    (typeof value === 'string' && value.length <= 200) || typeof value === 'number' || typeof value === 'boolean';
  return short ? { currentValue: value as string | number | boolean } : {};
}
