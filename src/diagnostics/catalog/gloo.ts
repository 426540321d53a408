import { error, warning } from './entry.ts';

/** What every finding about a kind that is not translated says: the object, what Gloo does with it, what it touches, and why nobody else does it. */
interface Lost {
  readonly object: string;
  readonly does: string;
  readonly what: string;
  readonly whyNot: string;
  readonly instead: string;
}

/** WO122x: kinds of Gloo's that touch external services and are not translated. */
export const gloo = {
  WO1220: warning(
    'A kind of Gloo’s that changes calls to external services',
    ({ object, does, what, whyNot, instead }: Lost) => ({
      message: `${object} ${does}; wayout renders ${what} without it, since ${whyNot}`,
      hint: `${instead}; ${object} passes through unchanged`,
    }),
  ),
  WO1221: error(
    'A kind of Gloo’s that refuses calls to external services',
    ({ object, does, what, whyNot, instead }: Lost) => ({
      message: `${object} ${does}; rendered without it, ${what} would let through what it holds back, and ${whyNot}`,
      hint: `${instead}; then take ${object} out of the list, or let it select other things`,
    }),
  ),
  WO1222: warning(
    'A kind of Gloo’s that makes use of an external service',
    ({ object, does, what, whyNot, instead }: Lost) => ({
      message: `${object} ${does} ${what}: it passes through unchanged, and does nothing without Gloo, since ${whyNot}`,
      hint: instead,
    }),
  ),
  WO1223: warning('An external service that is not in the list', ({ object, what }: Pick<Lost, 'object' | 'what'>) => ({
    message: `${object} names ${what}, which is not in the list: it passes through unchanged`,
    hint: 'check its name, namespace and labels, or add the ExternalService; if another repository has it, leave the document there too',
  })),
};
