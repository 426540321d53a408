import type { Where } from '../../diagnostics/report.ts';
import { below, type Draft } from '../../draft.ts';
import { isExpression, substitutionProblem } from '../../expression.ts';
import { canonicalHost, hostForm } from '../../hosts.ts';
import type { Action, Forward, HttpMatch } from '../../routing.ts';
import { readDestinations } from './destinations.ts';
import type { ForwardSpec, HttpSpec, TableSpec } from './spec.ts';

const codes: Readonly<Record<string, number>> = {
  MOVED_PERMANENTLY: 301,
  FOUND: 302,
  SEE_OTHER: 303,
  TEMPORARY_REDIRECT: 307,
  PERMANENT_REDIRECT: 308,
};

/** What becomes of the requests of a route; undefined once it was reported. Delegation is for the caller. */
export function readAction(
  route: HttpSpec,
  { defaultDestination }: TableSpec,
  matches: readonly HttpMatch[],
  origin: Where,
  draft: Draft,
): Action | undefined {
  const { forwardTo, redirect, directResponse, graphql, delegate } = route;
  const actions = Object.entries({ forwardTo, redirect, directResponse, graphql, delegate }).flatMap(
    ([name, action]) => (action === undefined ? [] : [name]),
  );
  if (actions.length !== 1 || graphql !== undefined) {
    draft.report.add('WO2508', origin, { actions: actions.join(' and ') });
    return undefined;
  }
  if (redirect !== undefined) {
    const { hostRedirect, pathRedirect, responseCode = 'MOVED_PERMANENTLY' } = redirect;
    if (hostRedirect === undefined && pathRedirect === undefined) {
      const problem = 'the redirect says neither hostRedirect nor pathRedirect, and would lead to itself';
      draft.report.add('WO2509', below(origin, 'redirect'), { problem });
      return undefined;
    }
    return {
      kind: 'redirect',
      ...(hostRedirect !== undefined && { host: hostRedirect }),
      ...(pathRedirect !== undefined && { path: pathRedirect }),
      status: codes[responseCode] ?? 301,
    };
  }
  if (directResponse !== undefined) return { kind: 'response', ...directResponse };
  return forwardTo && forward(forwardTo, defaultDestination, matches, below(origin, 'forwardTo'), draft);
}

function forward(
  spec: ForwardSpec,
  fallback: TableSpec['defaultDestination'],
  matches: readonly HttpMatch[],
  origin: Where,
  draft: Draft,
): Forward | undefined {
  const { pathRewrite, regexRewrite, hostRewrite, autoHostRewrite = false } = spec;
  const destinations = readDestinations(spec.destinations, fallback, origin, draft);
  const problem = rewriteProblem(spec, matches);
  if (problem !== undefined) draft.report.add('WO2509', origin, { problem });
  const isSound = regexRewrite === undefined || replaces(regexRewrite, below(origin, 'regexRewrite'), draft);
  if (destinations === undefined || problem !== undefined || !isSound) return undefined;
  const host =
    hostRewrite !== undefined ? { name: canonicalHost(hostRewrite) } : autoHostRewrite ? 'its own' : undefined;
  return {
    kind: 'forward',
    destinations,
    ...(pathRewrite !== undefined && { path: pathRewrite }),
    ...(regexRewrite !== undefined && {
      expression: { match: regexRewrite.pattern.regex, substitution: regexRewrite.substitution ?? '' },
    }),
    ...(host !== undefined && { host }),
  };
}

function rewriteProblem(
  { pathRewrite, regexRewrite, hostRewrite, autoHostRewrite }: ForwardSpec,
  matches: readonly HttpMatch[],
): string | undefined {
  if (pathRewrite !== undefined && regexRewrite !== undefined) return 'pathRewrite and regexRewrite exclude each other';
  if (hostRewrite !== undefined && autoHostRewrite === true)
    return 'hostRewrite and autoHostRewrite exclude each other';
  if (pathRewrite === '') return 'pathRewrite is empty';
  if (pathRewrite !== undefined && matches.some(({ path }) => path?.form === 'regex'))
    return 'pathRewrite needs a prefix or an exact path to replace, and a matcher has an expression or a suffix: use regexRewrite';
  if (hostRewrite !== undefined && !['name', 'address'].includes(hostForm(canonicalHost(hostRewrite))))
    return `hostRewrite "${hostRewrite}" is no host`;
  return undefined;
}

/** Whether proxies take an expression and what it is replaced by; reported if not. */
function replaces(
  { pattern: { regex }, substitution = '' }: NonNullable<ForwardSpec['regexRewrite']>,
  origin: Where,
  { report }: Draft,
): boolean {
  if (!isExpression(regex, below(origin, 'pattern', 'regex'), report)) return false;
  const problem = substitutionProblem(regex, substitution);
  if (problem !== undefined) report.add('WO2563', below(origin, 'substitution'), { problem });
  return problem === undefined;
}
