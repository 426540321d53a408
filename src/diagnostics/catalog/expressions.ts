import { error } from './entry.ts';

/** WO134x: texts in a language of their own. */
export const expressions = {
  WO1340: error(
    'A regular expression that proxies refuse',
    ({ expression, problem }: { expression: string; problem: string }) => ({
      message: `istiod and Envoy refuse the regular expression ${expression}: ${problem}`,
      hint: 'write it as RE2 reads it (https://github.com/google/re2/wiki/Syntax): without look-ahead, look-behind and references to groups, and with at most 1000 repetitions',
    }),
  ),
};
