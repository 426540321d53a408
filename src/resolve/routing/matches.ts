import type { Report, Where } from '../../diagnostics/report.ts';
import { below, type Draft } from '../../draft.ts';
import { isExpression, literal } from '../../expression.ts';
import { isHeaderName } from '../../header-name.ts';
import type { HttpMatch } from '../../routing.ts';
import type { HttpMatcher, ValueMatcher } from './spec.ts';

/** The matchers of a route; one that Istio cannot express is reported, and left out. */
export const readMatches = (matchers: readonly HttpMatcher[], origin: Where, draft: Draft): readonly HttpMatch[] =>
  matchers.flatMap((matcher, index) => readMatch(matcher, below(origin, 'matchers', index), draft) ?? []);

function readMatch(matcher: HttpMatcher, origin: Where, { report }: Draft): HttpMatch | undefined {
  const problem = problemOf(matcher);
  if (problem !== undefined) {
    report.add('WO2507', origin, { problem });
    return undefined;
  }
  const { uri, headers = [], queryParameters = [], method = '', port = 0 } = matcher;
  const match: HttpMatch = {
    ...(uri !== undefined && { path: pathOf(uri) }),
    // HTTP compares names of headers without their case, and Istio wants them in lower case.
    headers: headers.map(header => ({
      ...valueMatch({ ...header, name: header.name?.toLowerCase() ?? '' }),
      inverted: header.invertMatch === true,
    })),
    query: queryParameters.map(valueMatch),
    ...(method !== '' && { method }),
    // Protobuf's zero is an absent one.
    ...(port !== 0 && { port }),
  };
  return hasSoundExpressions(match, origin, report) ? match : undefined;
}

/** Whether proxies take every regular expression of a matcher; each that they refuse is reported. */
function hasSoundExpressions({ path, headers, query }: HttpMatch, origin: Where, report: Report): boolean {
  const places = [
    { pattern: path, where: below(origin, 'uri') },
    ...headers.map(({ value }, index) => ({ pattern: value, where: below(origin, 'headers', index) })),
    ...query.map(({ value }, index) => ({ pattern: value, where: below(origin, 'queryParameters', index) })),
  ];
  return places
    .map(({ pattern, where }) => pattern?.form !== 'regex' || isExpression(pattern.text, where, report))
    .every(isSound => isSound);
}

function problemOf({ uri, headers = [], queryParameters = [] }: HttpMatcher): string | undefined {
  const forms = Object.entries(uri ?? {}).filter(([form]) => form !== 'ignoreCase');
  if (uri !== undefined && (forms.length !== 1 || forms[0]?.[1] === ''))
    return 'uri needs one of exact, prefix, suffix and regex, with a text';
  const odd = headers.find(({ name = '' }) => !isHeaderName(name));
  if (odd !== undefined)
    return `"${odd.name ?? ''}" is no name of a header (uri, method and hosts have fields of their own)`;
  if (queryParameters.some(({ name = '' }) => name === '')) return 'a query parameter has no name';
  // Istio keeps them by name.
  const names = [
    ...headers.map(
      ({ name = '', invertMatch = false }) => `header ${name.toLowerCase()}${invertMatch ? ' inverted' : ''}`,
    ),
    ...queryParameters.map(({ name = '' }) => `query parameter ${name}`),
  ];
  const twice = names.find((name, index) => names.indexOf(name) < index);
  return twice === undefined ? undefined : `${twice} stands twice`;
}

function pathOf({
  exact,
  prefix,
  regex,
  suffix,
  ignoreCase = false,
}: NonNullable<HttpMatcher['uri']>): NonNullable<HttpMatch['path']> {
  if (exact !== undefined) return { form: 'exact', text: exact, ignoreCase };
  if (prefix !== undefined) return { form: 'prefix', text: prefix, ignoreCase };
  // Istio has no suffix, and reads the case of an expression whatever else is said.
  const text = regex ?? `.*${literal(suffix ?? '')}`;
  return { form: 'regex', text: ignoreCase ? `(?i)${text}` : text, ignoreCase: false };
}

const valueMatch = ({ name = '', value = '', regex = false }: ValueMatcher): HttpMatch['query'][number] => ({
  name,
  ...(value !== '' && { value: { form: regex ? 'regex' : 'exact', text: value } }),
});
