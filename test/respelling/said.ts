import { parseAllDocuments } from 'yaml';
import type { Ran } from '../folder.ts';
import type { Input } from './inputs.ts';

/** What an answer says, without how: its exit code, the codes of what was found, and the objects. */
export interface Said {
  readonly code: number;
  readonly found: readonly string[];
  readonly objects: readonly string[];
}

/** What a command answered, by value: lists taken apart, in no order. */
export function saidBy({ command: { args } }: Input, { code, stdout, stderr }: Ran): Said {
  if (args[0] === 'diff')
    return { code, found: codesIn(stderr), objects: stdout === '' ? [] : [canonical(verdict(JSON.parse(stdout)))] };
  const values = parseAllDocuments(stdout, { merge: true, logLevel: 'silent' }).map((document): unknown =>
    document.toJS(),
  );
  if (args[0] !== 'krm') return { code, found: foundIn(stderr), objects: objectsIn(values) };
  const [list] = values as readonly {
    readonly items?: readonly unknown[];
    readonly results?: readonly { tags: { code: string } }[];
  }[];
  return {
    code,
    found: (list?.results ?? []).map(({ tags }) => tags.code).sort(),
    objects: objectsIn(list?.items ?? []),
  };
}

/** What opens, closes or changes; the objects of both sides are told apart by name alone. */
const verdict = ({ opens, opened, closed, changed, guards, unjudged }: Readonly<Record<string, unknown>>): unknown => ({
  opens,
  opened,
  closed,
  changed,
  guards,
  unjudged,
});

const foundIn = (stderr: string): readonly string[] =>
  (JSON.parse(stderr === '' ? '[]' : stderr) as readonly { code: string }[]).map(({ code }) => code).sort();

const codesIn = (stderr: string): readonly string[] =>
  Array.from(stderr.matchAll(/^\S.*?(?:error|warning|info)\[(WO\d{4})\]/gm), ([, code = '']) => code).sort();

/** The objects in some values, each as one text. */
export const objectsIn = (values: readonly unknown[]): readonly string[] =>
  values.flatMap(leaves).map(canonical).sort();

function leaves(value: unknown): readonly unknown[] {
  if (value === null || value === undefined) return [];
  const { kind, items } = value as { readonly kind?: unknown; readonly items?: unknown };
  return typeof kind === 'string' && kind.endsWith('List') && Array.isArray(items) ? items.flatMap(leaves) : [value];
}

/** A value as a text that does not tell the order of its keys. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`;
}
