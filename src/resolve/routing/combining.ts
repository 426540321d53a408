import type { HttpMatch } from '../../routing.ts';

/** Why two matchers have nothing that asks for both: no request fits both, or Istio has no words for it. */
type Problem = 'apart' | 'unwritable';

/** What requests look like that a route delegates and its delegate takes; a problem where there are none. */
export function combined(outer: readonly HttpMatch[], inner: readonly HttpMatch[]): readonly HttpMatch[] | Problem {
  if (outer.length === 0) return inner;
  if (inner.length === 0) return outer;
  const pairs = outer.flatMap(one => inner.map(other => together(one, other)));
  if (pairs.includes('unwritable')) return 'unwritable';
  const both = pairs.filter(pair => typeof pair === 'object');
  return both.length > 0 ? both : 'apart';
}

type Path = NonNullable<HttpMatch['path']>;

function together(one: HttpMatch, other: HttpMatch): HttpMatch | Problem {
  const path = narrower(one.path, other.path);
  if (path === 'apart' || differ(one.method, other.method) || differ(one.port, other.port)) return 'apart';
  const headers = united(one.headers, other.headers);
  const query = united(one.query, other.query);
  if (path === 'unwritable' || headers === undefined || query === undefined) return 'unwritable';
  const { method = other.method, port = other.port } = one;
  return {
    ...(path !== undefined && { path }),
    headers,
    query,
    ...(method !== undefined && { method }),
    ...(port !== undefined && { port }),
  };
}

const differ = <T>(one: T | undefined, other: T | undefined): boolean =>
  one !== undefined && other !== undefined && one !== other;

/** The path that fits both. */
function narrower(one: Path | undefined, other: Path | undefined): Path | Problem | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  if (lies(one, other)) return one;
  if (lies(other, one)) return other;
  return one.form === 'regex' || other.form === 'regex' ? 'unwritable' : 'apart';
}

/** Whether whatever fits the first path fits the second. */
function lies(inner: Path, outer: Path): boolean {
  const fold = (text: string) => (outer.ignoreCase ? text.toLowerCase() : text);
  if (inner.ignoreCase && !outer.ignoreCase) return false;
  if (outer.form === 'prefix')
    return fold(inner.form === 'regex' ? plainBeginning(inner.text) : inner.text).startsWith(fold(outer.text));
  return inner.form === outer.form && fold(inner.text) === fold(outer.text);
}

/** What every text begins with that an expression matches: up to the first character that means something else. */
function plainBeginning(expression: string): string {
  if (hasAlternatives(expression)) return '';
  const plain = /^[\w/-]*/.exec(expression)?.[0] ?? '';
  // A quantifier is for the character before it.
  return /^[*?{]/.test(expression.slice(plain.length)) ? plain.slice(0, -1) : plain;
}

/** Whether an expression is several, outside of its groups; of one whose parentheses do not match, nobody asks. */
function hasAlternatives(expression: string): boolean {
  let depth = 0;
  for (const [token] of expression.matchAll(tokens)) {
    if (token === '|' && depth === 0) return true;
    if (token === '(') depth += 1;
    if (token === ')') depth -= 1;
  }
  return false;
}

/** What is escaped or in brackets means itself. */
const tokens = /\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[|()]/gs;

/** Two lists of which nothing clashes; what stands in both counts once. */
function united<T extends { readonly name: string; readonly inverted?: boolean }>(
  one: readonly T[],
  other: readonly T[],
): readonly T[] | undefined {
  const added = other.filter(each => !one.some(known => JSON.stringify(known) === JSON.stringify(each)));
  const clash = added.some(each => one.some(({ name, inverted }) => name === each.name && inverted === each.inverted));
  return clash ? undefined : [...one, ...added];
}
