import { fieldName } from '../draft.ts';
import { describe } from '../k8s/resource.ts';
import { inFile, positionAt, type Slice } from '../yaml/slice.ts';
import { locate } from '../yaml/source.ts';
import type { Where } from './report.ts';

/** A place in the user's own terms: whatever of it is known. */
export interface Location {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  /** `ExternalService shop/pay`. */
  readonly object?: string;
  /** `spec.ports[0].number`. */
  readonly field?: string;
}

/** Where in a file a diagnostic points; positions are looked up only now, when somebody reads them. */
export function locationOf(where: Where | undefined): Location {
  if (where === undefined) return {};
  const { source, field = [] } = where;
  const slice = source?.slice ?? where.slice;
  return {
    ...(slice === undefined
      ? where.file !== undefined && { file: where.file, ...where.position }
      : positionOf(slice, where)),
    ...(source !== undefined && { object: describe(source.resource) }),
    ...(field.length > 0 && { field: fieldName(field) }),
  };
}

function positionOf(slice: Slice, { source, field, position }: Where): Location {
  // An object of a cluster is known by its name.
  if (slice.form === 'live') return { file: '<cluster>' };
  const file = slice.file ?? '<stdin>';
  if (source !== undefined || field !== undefined) return { file, ...locate(slice, field ?? []) };
  return { file, ...inFile(slice, position ?? positionAt(slice.text, beginning(slice.text))) };
}

/** Where an object begins behind the comments above it. */
const beginning = (text: string): number => /^(?:[ \t]*(?:#[^\n]*)?\r?\n)*/.exec(text)?.[0].length ?? 0;

/** `shop.yaml:3:5`, or as much of it as is known. */
export const pointer = ({ file, line, column }: Location): string =>
  [file, line, column].filter(part => part !== undefined).join(':');

/** `ExternalService shop/pay at spec.ports[0].number`, or as much of it as is known. */
export const subject = ({ object, field }: Location): string =>
  [object, field].filter(part => part !== undefined).join(' at ');
