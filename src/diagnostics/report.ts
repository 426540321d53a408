import type { Resource } from '../k8s/resource.ts';
import { placeholderIn } from '../placeholder.ts';
import { valueAt } from '../value-at.ts';
import type { Slice } from '../yaml/slice.ts';
import { type Args, type Code, entryOf, type Severity } from './catalog.ts';

/** An object that was read, and the text it was read from. */
export interface Source {
  readonly resource: Resource;
  readonly slice: Slice;
}

/** A field's path inside an object: `['spec', 'ports', 0, 'number']`. */
export type Path = readonly (string | number)[];

/** The place that a diagnostic speaks of: a field of an object, a position in a text that is no object, or a file. */
export interface Where {
  readonly source?: Source;
  readonly field?: Path;
  readonly slice?: Slice;
  /** Line and column, from 1, counted from the slice's first line; for texts that could not be read. */
  readonly position?: { readonly line: number; readonly column: number };
  readonly file?: string;
}

/** What was found, as data: a code, its words, and every place that it speaks of. */
export interface Diagnostic {
  readonly code: Code;
  readonly severity: Severity;
  readonly message: string;
  readonly hint?: string;
  readonly where?: Where;
  readonly related: readonly Related[];
}

/** A second place that a diagnostic speaks of, with the words that lead to it: "first claimed at". */
export interface Related {
  readonly words: string;
  readonly where: Where;
}

/** Collects what every phase finds; the one mutable object that they share. */
export class Report {
  readonly #found: Diagnostic[] = [];

  /** Adds one finding; its words and severity come from the catalog. */
  add<C extends Code>(code: C, where: Where | undefined, args: Args<C>, related: readonly Related[] = []): void {
    this.addAs(entryOf(code).severity, code, where, args, related);
  }

  /** Adds one finding whose severity the user's configuration decides (`overlap: skip`). */
  addAs<C extends Code>(
    severity: Severity,
    code: C,
    where: Where | undefined,
    args: Args<C>,
    related: readonly Related[] = [],
  ): void {
    // The compiler cannot follow that the args of code C fit the words of code C.
    const words = entryOf(code).words as (args: Args<C>) => { message: string; hint?: string };
    const { message, ...rest } = words(args);
    const unfilled = placeholderIn(valueAt(where?.source?.resource, where?.field ?? []));
    this.#found.push({
      code,
      severity,
      message: shortened(message),
      ...rest,
      ...(unfilled !== undefined && {
        hint: `fill in ${unfilled} before wayout reads it, such as by envsubst or a replacement of kustomize`,
      }),
      ...(where !== undefined && { where }),
      related,
    });
  }

  /** True once an error was added: nothing may be written. */
  get failed(): boolean {
    return this.#found.some(({ severity }) => severity === 'error');
  }

  /** Everything found so far, in the order it was found. */
  get diagnostics(): readonly Diagnostic[] {
    return this.#found;
  }
}

/** A message may hold a value of the input, of any length; somebody has to read it. */
const shortened = (message: string): string => (message.length > 2_000 ? `${message.slice(0, 2_000)}…` : message);
