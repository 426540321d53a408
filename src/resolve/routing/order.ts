import type { HttpMatch, HttpRoute } from '../../routing.ts';

/** A route of a delegate, with what decides its place. */
export interface Weighed {
  readonly route: HttpRoute;
  readonly weight: number;
  readonly index: number;
}

/** Exact paths first, then expressions, then prefixes; among exact paths and prefixes the longer. Only the most specific matcher of a route counts. */
export const bySpecificity = ({ route: one }: Weighed, { route: other }: Weighed): number =>
  specificity(other) - specificity(one);

const ranks = { exact: 3, regex: 2, prefix: 1 };
/** More than any path is long. */
const step = 1_000_000;

const specificity = ({ matches }: HttpRoute): number => Math.max(0, ...matches.map(rank));

const rank = ({ path }: HttpMatch): number =>
  path === undefined ? 0 : ranks[path.form] * step + (path.form === 'regex' ? 0 : path.text.length);
