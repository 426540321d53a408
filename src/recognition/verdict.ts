import { isList } from '../k8s/list.ts';
import { textIn } from '../k8s/text-in.ts';
import { isObject } from '../object.ts';
import { isNear } from '../spelling.ts';
import { isMarked } from './marks.ts';
import type { Mistake } from './mistake.ts';
import { typeVerdict } from './type-verdict.ts';

/**
 * What a value is: an object that wayout reads (`input`), one that it generated, a list that holds either and is taken
 * apart, a near miss of one of these, or anything else.
 */
export type Verdict = 'input' | 'generated' | 'list' | 'foreign' | Mistake;

type Fields = Readonly<Record<string, unknown>>;

/** Judges the value of a document or of a list's item. */
export function verdictOf(value: unknown): Verdict {
  if (Array.isArray(value)) {
    const held = firstHeld(value);
    return held === undefined ? 'foreign' : misplaced({ frame: 'a document that is a list', key: '', held, field: [] });
  }
  if (!isObject(value)) return 'foreign';
  const own = typeVerdict(value);
  if (own !== 'foreign') return own;
  return isMarked(value) ? 'generated' : frameVerdict(value);
}

/** An object that holds others: in `items`, in a key that a reader may take for it, or in another one of a list. */
function frameVerdict(value: Fields): Verdict {
  const frame = textIn(value.kind);
  const isTakenApart = isList(value);
  const isListLike = frame === undefined || /list$/i.test(frame) || isNear(frame, 'List');
  let verdict: Verdict = 'foreign';
  for (const [key, inner] of Object.entries(value)) {
    const isItems = key.toLowerCase() === 'items' || (isListLike && isNear(key, 'items'));
    if (!isItems && !isTakenApart) continue;
    const held = firstHeld(Array.isArray(inner) ? inner : [inner]);
    if (held === undefined) continue;
    if (!isTakenApart || key !== 'items')
      return misplaced({ frame: frame ?? 'an object without a kind', key, held, field: [key] });
    verdict = 'list';
  }
  return verdict;
}

/** The first of several values that is not foreign, as messages name it. */
function firstHeld(values: readonly unknown[]): string | undefined {
  const held = values.find(value => verdictOf(value) !== 'foreign');
  return held === undefined ? undefined : nameOf(held);
}

function nameOf(value: unknown): string {
  if (!isObject(value)) return 'an input';
  const name = isObject(value.metadata) ? textIn(value.metadata.name) : undefined;
  return [textIn(value.kind) ?? 'an input', name].filter(part => part !== undefined).join(' ');
}

const misplaced = ({
  frame,
  key,
  held,
  field,
}: {
  readonly frame: string;
  readonly key: string;
  readonly held: string;
  readonly field: readonly string[];
}): Mistake => ({ code: 'WO1227', args: { frame, key, held }, field });
