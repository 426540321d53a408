import type { Where } from '../diagnostics/report.ts';
import { below, type Draft } from '../draft.ts';
import { isExpression, literal } from '../expression.ts';
import { isHeaderName } from '../header-name.ts';
import type { Cors } from '../traffic.ts';
import { trafficPolicy } from './traffic-policy.ts';

/** `config` of a `security.policy.gloo.solo.io/v2` CORSPolicy. */
interface Config extends Partial<Omit<Cors, 'origin' | 'origins'>> {
  readonly allowOrigins?: readonly StringMatch[];
}

interface StringMatch {
  readonly exact?: string;
  readonly prefix?: string;
  readonly regex?: string;
  readonly suffix?: string;
  readonly ignoreCase?: boolean;
}

/** Which pages of other origins may call from a browser. */
export const corsPolicy = trafficPolicy<Config, 'cors'>({
  schema: 'cors-policy',
  part: 'cors',
  read(
    { allowOrigins = [], allowMethods = [], allowHeaders = [], exposeHeaders = [], maxAge, allowCredentials },
    origin,
    draft,
  ) {
    const origins = allowOrigins.flatMap(
      (match, index) => originOf(match, below(origin, 'allowOrigins', index), draft) ?? [],
    );
    if (origins.length < allowOrigins.length) return undefined;
    if (origins.length === 0) {
      draft.report.add('WO2405', origin, {});
      return undefined;
    }
    for (const field of ['allowHeaders', 'exposeHeaders'] as const) {
      for (const [index, name] of { allowHeaders, exposeHeaders }[field].entries()) {
        if (!isHeaderName(name))
          draft.report.add('WO2414', below(origin, field, index), { what: `"${name}"`, why: 'is no name of a header' });
      }
    }
    return {
      origin,
      origins,
      allowMethods,
      allowHeaders,
      exposeHeaders,
      ...(maxAge !== undefined && { maxAge }),
      ...(allowCredentials !== undefined && { allowCredentials }),
    };
  },
  requestFields: () => ['config.allowOrigins'],
});

/** Istio has neither suffixes nor a way to ignore case: both become expressions. */
function originOf(match: StringMatch, where: Where, { report }: Draft): Cors['origins'][number] | undefined {
  const { exact, prefix, regex, suffix, ignoreCase = false } = match;
  const forms = Object.entries({ exact, prefix, regex, suffix }).filter(([, value]) => value !== undefined);
  const [[form, text = ''] = ['', ''], second] = forms;
  if (second !== undefined) {
    report.add('WO2406', where, { problem: `${form} and ${second[0]}` });
    return undefined;
  }
  if (text === '') {
    report.add('WO2415', where, {});
    return undefined;
  }
  if (!ignoreCase && (form === 'exact' || form === 'prefix')) return { form, text };
  const pattern = { exact: literal(text), prefix: `${literal(text)}.*`, suffix: `.*${literal(text)}` }[form] ?? text;
  const expression = ignoreCase ? `(?i)${pattern}` : pattern;
  return isExpression(expression, where, report) ? { form: 'regex', text: expression } : undefined;
}
