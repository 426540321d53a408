import { isList } from '../k8s/list.ts';
import { textIn } from '../k8s/text-in.ts';
import { isObject } from '../object.ts';
import { type Slice, type TypeMeta, withoutDash } from '../yaml/slice.ts';
import { mentions, readings } from '../yaml/source.ts';
import { telltales } from './known-kinds.ts';
import { plainType } from './plain-type.ts';
import { typeVerdict } from './type-verdict.ts';
import { type Verdict, verdictOf } from './verdict.ts';

/** What a slice is, and the types that some reader may take it for. */
export interface Recognized {
  /** `unsure` where readers disagree, or none can read what may be an input. */
  readonly verdict: Verdict | 'unsure';
  readonly types: readonly TypeMeta[];
  /** Whether it is a list of objects that wayout does not manage, which passes as a whole. */
  readonly isForeignList: boolean;
  /** Whether some reader cannot read it. */
  readonly isUnreadable: boolean;
  /** Its value, where it was parsed and every reader takes it for that. */
  readonly value?: unknown;
}

/**
 * Decides what a slice is, by its value: the only place where wayout does.
 *
 * The text decides only where it shows without a parser what every reader reads. What only some readers take for an input,
 * and what none can read and may be one, is never foreign.
 */
export function recognize(slice: Slice): Recognized {
  const plain = slice.type ?? plainType(withoutDash(slice));
  const verdict = plain && typeVerdict({ ...plain });
  const isDecided = verdict !== undefined && !(verdict === 'foreign' && mentions(slice, [mark]));
  return plain !== undefined && isDecided ? decided(verdict, plain) : byValue(slice);
}

const decided = (verdict: Verdict, type: TypeMeta): Recognized => ({
  verdict,
  types: [type],
  isForeignList: false,
  isUnreadable: false,
});

/** What each generated object has. */
export const mark = 'wayout.dev/source';

function byValue(slice: Slice): Recognized {
  const { values, isPlain, isPartial, isDivided } = readings(slice);
  const [first = 'foreign', ...others] = values.map(verdictOf);
  const isAgreed = others.every(other => nameOf(other) === nameOf(first)) && !(isDivided && first !== 'foreign');
  const verdict = !isAgreed || (isPartial && mentions(slice, telltales)) ? 'unsure' : first;
  return {
    verdict,
    types: values.flatMap(typeIn),
    isForeignList: verdict === 'foreign' && isList(values[0]),
    isUnreadable: isPartial,
    ...(isPlain && { value: values[0] }),
  };
}

const nameOf = (verdict: Verdict): string => (typeof verdict === 'string' ? verdict : verdict.code);

function typeIn(value: unknown): readonly TypeMeta[] {
  const [apiVersion, kind] = isObject(value) ? [textIn(value.apiVersion), textIn(value.kind)] : [];
  return apiVersion === undefined || kind === undefined ? [] : [{ apiVersion, kind }];
}
