import { isDeepStrictEqual } from 'node:util';
import { type Document, type Pair, type ParsedNode, parseAllDocuments, visit } from 'yaml';
import { isObject } from '../object.ts';
import { isTooDeep } from './depth.ts';
import { keyOf } from './key-of.ts';
import type { Slice } from './slice.ts';

/** No object needs more, and a text that needs more is none that anyone reads. */
const aliasLimit = 10_000;

/** Line breaks of YAML 1.1, and so of Go's readers, that are none in YAML 1.2. */
const breaksOfYaml11 = /\r(?!\n)|[\u0085\u2028\u2029]/g;

/** What readers make of a text. */
export interface Readings {
  /** Whether the only value is what every reader takes it for, and none refuses anything in it. */
  readonly isPlain: boolean;
  /** Every value that some reader takes it for, that of YAML 1.2 first. */
  readonly values: readonly unknown[];
  /** Whether some reader cannot read it. */
  readonly isPartial: boolean;
  /** Whether readers that end lines in other places get other values. */
  readonly isDivided: boolean;
}

/**
 * The values of a slice: with the line breaks of YAML 1.1 and of YAML 1.2, and with the first and the last of equal keys.
 *
 * A mistake that only some readers refuse, such as an unknown tag, takes nothing away. Words that YAML 1.1 takes for numbers
 * or booleans are texts here: no name that wayout looks for is one.
 */
export function readingsOf({ text, form }: Slice): Readings {
  if (isTooDeep(text)) return { values: [], isPlain: false, isPartial: true, isDivided: false };
  const own = valuesOf(text);
  const broken = text.replace(breaksOfYaml11, '\n');
  const others = broken === text ? own : valuesOf(broken);
  const values = [...(own?.values ?? []), ...((others !== own && others?.values) || [])];
  return {
    // A block item is read with its dash: a comment above it may hold another one, for a reader that ends it sooner.
    values: form === 'block' ? values.flat() : values,
    isPlain: own === others && own?.isPlain === true && own.values.length === 1,
    isPartial: own === undefined || others === undefined,
    isDivided: own !== others && !isDeepStrictEqual(own?.values, others?.values),
  };
}

function valuesOf(text: string): { readonly values: readonly unknown[]; readonly isPlain: boolean } | undefined {
  try {
    const documents = parseAllDocuments<ParsedNode>(text, {
      version: '1.2',
      schema: 'core',
      merge: true,
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: 'silent',
    });
    if ('empty' in documents || documents.some(({ errors }) => errors.length > 0)) return undefined;
    const read = (document: Document.Parsed): unknown => document.toJS({ maxAliasCount: aliasLimit });
    const values = documents.map(read);
    const repeated = documents.filter(dropRepeated).length > 0 ? documents.map(read) : [];
    const others = [...repeated, ...values.flatMap(mergedByKyaml)];
    const isPlain = others.length === 0 && documents.every(({ warnings }) => warnings.length === 0);
    return { values: [...values, ...others], isPlain };
  } catch {
    // What `yaml` throws on aliases that multiply, on merges of what is no mapping, or where the stack ends.
    return undefined;
  }
}

/** What kustomize makes of a mapping with the key `<<` in quotes: a merge, where the key is one like others to everyone else. */
function mergedByKyaml(value: unknown): readonly unknown[] {
  const inner = isObject(value) ? value['<<'] : undefined;
  return isObject(inner) && isObject(value) ? [{ ...inner, ...value }] : [];
}

/** Leaves the first of equal keys in every mapping; whether there were any. */
function dropRepeated(document: Document.Parsed): boolean {
  let isRepeated = false;
  visit(document, {
    Map(_, map) {
      const seen = new Set<string>();
      const first = map.items.filter(({ key }: Pair) => {
        const name = keyOf(key, document);
        // Merges add up.
        return name === '' || name === '<<' || (!seen.has(name) && seen.add(name));
      });
      isRepeated ||= first.length < map.items.length;
      map.items = first;
    },
  });
  return isRepeated;
}
