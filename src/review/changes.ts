import { grouped } from '../grouped.ts';
import { isWider } from './access.ts';
import { isWeaker } from './verification.ts';
import { hostPort, includes, type Way } from './way.ts';

/** What can change about a way that stays. */
export type Aspect = 'verification' | 'endpoints' | 'access' | 'gateways' | 'protocol' | 'addresses';

/** One thing that is different about a way that is on both sides. */
export interface Change {
  readonly what: Aspect;
  /** Whether something may leave the mesh now, or reach somebody, that did not before; what cannot be told counts. */
  readonly opens: boolean;
  readonly before: Way;
  readonly after: Way;
}

/** A way that its client has no more, and the narrower clients that still have it. */
export interface ClosedWay extends Way {
  readonly still: readonly string[];
}

/** What changes between two sets of ways. */
export interface WayChanges {
  /** The ways of clients that could not reach the host and port before. */
  readonly opened: readonly Way[];
  readonly closed: readonly ClosedWay[];
  readonly changed: readonly Change[];
}

/** Compares the ways of two sides, client by client. */
export function changesOf(base: readonly Way[], head: readonly Way[]): WayChanges {
  const [before, after] = [byCalled(base), byCalled(head)];
  const paired = head.map(way => ({ after: way, before: nearest(before, way) }));
  return {
    opened: paired.flatMap(pair => (pair.before === undefined ? [pair.after] : [])),
    closed: base
      .filter(way => nearest(after, way) === undefined)
      .map(way => ({
        ...way,
        still: calledLike(after, way).flatMap(({ client }) => (includes(way.client, client) ? [client] : [])),
      })),
    changed: paired.flatMap(pair => (pair.before === undefined ? [] : differences(pair.before, pair.after))),
  };
}

type Called = ReadonlyMap<string, readonly Way[]>;

const byCalled = (ways: readonly Way[]): Called => grouped(ways, ({ host, port }) => [hostPort(host, port)]);

const calledLike = (ways: Called, { host, port }: Way): readonly Way[] => ways.get(hostPort(host, port)) ?? [];

/** The way that a client had before, or that of the narrowest group that takes it in. */
function nearest(ways: Called, called: Way): Way | undefined {
  const candidates = calledLike(ways, called).filter(way => includes(way.client, called.client));
  return candidates.find(way => !candidates.some(other => other !== way && includes(way.client, other.client)));
}

const aspects: Readonly<Record<Aspect, (before: Way, after: Way) => boolean>> = {
  verification: (before, after) => isWeaker(before.verification, after.verification),
  endpoints: (before, after) => !within(after.endpoints, before.endpoints),
  access: (before, after) =>
    before.access === 'elsewhere' || after.access === 'elsewhere' || isWider(before.access, after.access),
  // Past the gateway, or through one more, is a way that nobody held before; through the first one is not.
  gateways: (before, after) =>
    before.gateways.length > 0 && (after.gateways.length === 0 || !within(after.gateways, before.gateways)),
  protocol: () => true,
  addresses: () => false,
};

const within = (narrow: readonly string[], wide: readonly string[]): boolean =>
  narrow.every(item => wide.includes(item));

function differences(before: Way, after: Way): readonly Change[] {
  return Object.entries(aspects).flatMap(([name, opens]) => {
    // The keys of the record are aspects.
    const what = name as Aspect;
    if (text(before[what]) === text(after[what])) return [];
    return [{ what, opens: opens(before, after), before, after }];
  });
}

/** A value for comparison; the order of a list says nothing. */
const text = (value: Way[Aspect]): string =>
  JSON.stringify(Array.isArray(value) ? value.map(item => JSON.stringify(item)).sort() : value);
