import { grouped } from '../grouped.ts';
import type { Aspect, Change, ClosedWay } from './changes.ts';
import type { GuardChange } from './guards.ts';
import { hostPort, type Way } from './way.ts';
import { labels, wordsOf } from './words.ts';

/** One change: of one host and port, for every client that it is the same for. */
export interface Entry {
  readonly mark: '+' | '-' | '!' | '~';
  readonly clients: readonly string[];
  /** What they call; nothing where the change is about their pods. */
  readonly call?: string;
  readonly details: readonly Detail[];
}

/** A labelled text; `lines` say a thing each. */
interface Detail {
  readonly label: string;
  readonly lines: readonly string[];
}

/** The new ways with all that stands on them, those that differ in their client alone as one. */
export function openedIn(ways: readonly Way[]): readonly Entry[] {
  // The keys of the record are aspects.
  const aspects = Object.keys(labels) as Aspect[];
  return alike(ways, ({ client: _, ...way }) => way).map(([way, ...others]) => ({
    mark: '+',
    ...called([way, ...others]),
    details: aspects
      .filter(what => what !== 'addresses' || way.addresses.length > 0)
      .map(what => ({ label: labels[what], lines: wordsOf(way, what) })),
  }));
}

/** The ways that are gone. */
export function closedIn(ways: readonly ClosedWay[]): readonly Entry[] {
  return alike(ways, ({ host, port, still }) => [host, port, still]).map(([way, ...others]) => ({
    mark: '-',
    ...called([way, ...others]),
    details: way.still.length > 0 ? [{ label: 'still', lines: [way.still.join(', ')] }] : [],
  }));
}

/** What is different about ways that stay, what opens first. */
export function changedIn(changes: readonly Change[]): readonly Entry[] {
  const key = ({ before, after, what, opens }: Change) => [called([after]).call, opens, before[what], after[what]];
  return alike(changes, key)
    .map(
      ([change, ...others]): Entry => ({
        mark: change.opens ? '!' : '~',
        ...called([change.after, ...others.map(({ after }) => after)]),
        details: beforeAndAfter(change),
      }),
    )
    .toSorted((one, other) => (one.mark === other.mark ? 0 : one.mark === '!' ? -1 : 1));
}

/** Things in groups that are equal in what the key says; no group is empty. */
const alike = <Item>(items: readonly Item[], keyOf: (item: Item) => unknown): (readonly [Item, ...Item[]])[] =>
  [...grouped(items, item => [JSON.stringify(keyOf(item))]).values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [[first, ...others]],
  );

/** What is different about a guard. */
export function guardEntry({ namespace, pods, holds, opens, before, after }: GuardChange): Entry {
  const details =
    before === null
      ? [{ label: 'after', lines: ['holds these pods from now on'] }]
      : after === null
        ? [{ label: 'after', lines: ['nothing of wayout holds these pods'] }]
        : cameAndWent(before, after);
  return { mark: opens ? '!' : '~', clients: [`${namespace}, ${pods}, ${holds}`], details };
}

/** Of what is one text, both; of lists, what came and what went. */
function beforeAndAfter({ what, before, after }: Change): readonly Detail[] {
  const [old, now] = [wordsOf(before, what), wordsOf(after, what)];
  if (what === 'endpoints' || what === 'access') return cameAndWent(old, now);
  return [
    { label: 'before', lines: old },
    { label: 'after', lines: now },
  ];
}

const cameAndWent = (before: readonly string[], after: readonly string[]): readonly Detail[] =>
  [
    { label: 'added', lines: after.filter(line => !before.includes(line)) },
    { label: 'removed', lines: before.filter(line => !after.includes(line)) },
  ].filter(({ lines }) => lines.length > 0);

const called = (ways: readonly Way[]): Pick<Entry, 'clients' | 'call'> => ({
  clients: ways.map(({ client }) => (client === '*' ? 'everyone' : client)),
  call: ways
    .slice(0, 1)
    .map(({ host, port }) => hostPort(host, port))
    .join(''),
});
