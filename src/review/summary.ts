import type { Aspect } from './changes.ts';
import { changedIn, closedIn, type Entry, guardEntry, openedIn } from './entries.ts';
import type { Review } from './review.ts';

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
    entries: changedIn(review.changed.filter(change => change.what === what)),
  }));
  const sections = [
    { title: 'Newly reachable', entries: opened },
    { title: 'No longer reachable', entries: closed },
    ...changed,
    { title: 'Changed guards', entries: review.guards.map(guardEntry) },
  ].filter(({ entries }) => entries.length > 0);
  return { title: titleOf(sections, review), sections, objects: objectsText(review) };
}

function titleOf(sections: readonly Section[], { opens, unjudged }: Review): string {
  if (sections.length + unjudged.length === 0) return 'no change';
  const count = (marks: string, words: string): readonly string[] => {
    const entries = sections.flatMap(section => section.entries).filter(({ mark }) => marks.includes(mark));
    return entries.length === 0 ? [] : [`${entries.length} ${words}`];
  };
  const counts = [
    ...count('+', 'newly reachable'),
    ...count('-', 'no longer reachable'),
    ...count('!~', 'changed'),
    ...(unjudged.length > 0 ? [`${unjudged.length} not judged`] : []),
  ];
  const isSure = sections.flatMap(section => section.entries).some(({ mark }) => mark === '+' || mark === '!');
  return `${counts.join(', ')}. ${isSure ? 'This opens egress' : opens ? 'This may open egress' : 'Nothing opens'}`;
}

function objectsText({ objects }: Review): string {
  const counts = (['added', 'removed', 'changed'] as const).flatMap(change => {
    const count = objects.filter(object => object.change === change).length;
    return count === 0 ? [] : [`${count} ${change}`];
  });
  return counts.length === 0 ? 'no change' : counts.join(', ');
}
