import { grouped } from '../grouped.ts';
import type { Aspect, Change, ClosedWay } from './changes.ts';
import type { Review } from './review.ts';
import { hostPort, type Way } from './way.ts';
import { labels, wordsOf } from './words.ts';

/** What the summary of a review says, before anyone decides how it looks. */
export interface Summary {
  readonly title: string;
  readonly sections: readonly Section[];
  /** `2 added, 1 changed`. */
  readonly objects: string;
}

/** Entries of one kind of change. */
export interface Section {
  readonly title: string;
  readonly entries: readonly Entry[];
}

/** One change: of one host and port, for every client that it is the same for. */
export interface Entry {
  readonly mark: '+' | '-' | '!' | '~';
  readonly clients: readonly string[];
  readonly call: string;
  readonly details: readonly Detail[];
}

/** A labelled text; `lines` say a thing each. */
interface Detail {
  readonly label: string;
  readonly lines: readonly string[];
}

const titles: Readonly<Record<Aspect, string>> = {
  gateways: 'Changed gateway',
  verification: 'Changed verification',
  endpoints: 'Changed endpoints',
  access: 'Changed access',
  protocol: 'Changed protocol',
  addresses: 'Changed addresses',
};

/** Puts a review into words: what opens first, what cannot open anything last. */
export function summaryOf(review: Review): Summary {
  const opened = openedIn(review.opened);
  const closed = closedIn(review.closed);
  const changed = Object.entries(titles).map(([what, title]) => ({
    title,
    entries: changesOf(review.changed.filter(change => change.what === what)),
  }));
  const sections = [
    { title: 'Newly reachable', entries: opened },
    { title: 'No longer reachable', entries: closed },
    ...changed,
  ].filter(({ entries }) => entries.length > 0);
  return { title: titleOf(sections, review), sections, objects: objectsText(review) };
}

function titleOf(sections: readonly Section[], { opens }: Review): string {
  if (sections.length === 0) return 'no change';
  const count = (marks: string, words: string): readonly string[] => {
    const entries = sections.flatMap(section => section.entries).filter(({ mark }) => marks.includes(mark));
    return entries.length === 0 ? [] : [`${entries.length} ${words}`];
  };
  const counts = [...count('+', 'newly reachable'), ...count('-', 'no longer reachable'), ...count('!~', 'changed')];
  return `${counts.join(', ')}. ${opens ? 'This opens egress' : 'Nothing opens'}`;
}

/** The new ways with all that stands on them, those that differ in their client alone as one. */
function openedIn(ways: readonly Way[]): readonly Entry[] {
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

function closedIn(ways: readonly ClosedWay[]): readonly Entry[] {
  return alike(ways, ({ host, port, still }) => [host, port, still]).map(([way, ...others]) => ({
    mark: '-',
    ...called([way, ...others]),
    details: way.still.length > 0 ? [{ label: 'still', lines: [way.still.join(', ')] }] : [],
  }));
}

function changesOf(changes: readonly Change[]): readonly Entry[] {
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

/** Of what is one text, both; of lists, what came and what went. */
function beforeAndAfter({ what, before, after }: Change): readonly Detail[] {
  const [old, now] = [wordsOf(before, what), wordsOf(after, what)];
  const details =
    what === 'endpoints' || what === 'access'
      ? [
          { label: 'added', lines: now.filter(line => !old.includes(line)) },
          { label: 'removed', lines: old.filter(line => !now.includes(line)) },
        ]
      : [
          { label: 'before', lines: old },
          { label: 'after', lines: now },
        ];
  return details.filter(({ lines }) => lines.length > 0);
}

const called = (ways: readonly Way[]): Pick<Entry, 'clients' | 'call'> => ({
  clients: ways.map(({ client }) => (client === '*' ? 'everyone' : client)),
  call: ways
    .slice(0, 1)
    .map(({ host, port }) => hostPort(host, port))
    .join(''),
});

function objectsText({ objects }: Review): string {
  const counts = (['added', 'removed', 'changed'] as const).flatMap(change => {
    const count = objects.filter(object => object.change === change).length;
    return count === 0 ? [] : [`${count} ${change}`];
  });
  return counts.length === 0 ? 'no change' : counts.join(', ');
}
