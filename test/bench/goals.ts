import type { Line } from './main.ts';
import type { Program } from './programs.ts';

/** A goal: what must not exceed which bound, from the lines that the bench measured. */
interface Goal {
  readonly what: string;
  readonly beside: string;
  readonly goal: number;
  /** Undefined where a line is missing. */
  readonly seen: (lines: Lines) => number | undefined;
  /** Whether more is better. */
  readonly atLeast?: boolean;
}

/** The line of a count: of items of others, of external services, or of items of others and one beyond the plain style. */
interface Lines {
  readonly others: (count: number) => Line | undefined;
  readonly services: (count: number) => Line | undefined;
  readonly beyond: Line | undefined;
}

const ratio = (line: Line | undefined, of: Program, to: Program, what: 'wall' | 'cpu' = 'wall'): number | undefined => {
  const [one, other] = [line?.runs[of]?.[what], line?.runs[to]?.[what]];
  return one === undefined || other === undefined ? undefined : one / other;
};

const overBare = (line: Line | undefined, what: 'cpu' | 'memory'): number | undefined => {
  const [own, bare] = [line?.runs.wayout?.[what], line?.runs['bare Node']?.[what]];
  return own === undefined || bare === undefined ? undefined : own - bare;
};

const over = (one: number | undefined, other: number | undefined): number | undefined =>
  one === undefined || other === undefined ? undefined : one / other;

const faster = (count: number, goals: readonly [number, number]): readonly Goal[] =>
  (['wall', 'cpu'] as const).map((what, index) => ({
    what: `${count.toLocaleString('en')} items of others, ${what === 'cpu' ? 'CPU' : what}`,
    beside: 'kyaml, no-op: times faster',
    goal: goals[index] ?? 0,
    seen: ({ others }) => ratio(others(count), 'kyaml, no-op', 'wayout', what),
    atLeast: true,
  }));

const memory = (count: number, goal: number): Goal => ({
  what: `${count.toLocaleString('en')} items of others, memory over bare Node`,
  beside: 'the input',
  goal,
  seen: ({ others }) => over(overBare(others(count), 'memory'), others(count)?.megabytes),
});

const goals: readonly Goal[] = [
  {
    what: '3 items, wall',
    beside: 'bare Node',
    goal: 1.25,
    seen: ({ others }) => ratio(others(3), 'wayout', 'bare Node'),
  },
  {
    what: '100 items, wall',
    beside: 'bare Node',
    goal: 1.3,
    seen: ({ others }) => ratio(others(100), 'wayout', 'bare Node'),
  },
  {
    what: '3 items, one beyond the plain style, wall',
    beside: 'bare Node',
    goal: 2,
    seen: ({ beyond }) => ratio(beyond, 'wayout', 'bare Node'),
  },
  {
    what: '100 items, wall',
    beside: 'kyaml, no-op',
    goal: 1,
    seen: ({ others }) => ratio(others(100), 'wayout', 'kyaml, no-op'),
  },
  ...faster(1_000, [5, 10]),
  ...faster(10_000, [30, 45]),
  ...faster(50_000, [60, 100]),
  // The first gives on what it has read at once; the second holds the whole list first, as whoever may yet find an error must.
  ...(['Node that copies', 'Node that reads all, then writes'] as const).map(beside => ({
    what: '50,000 items, wall',
    beside,
    goal: 2,
    seen: ({ others }: Lines) => ratio(others(50_000), 'wayout', beside),
  })),
  memory(10_000, 2),
  memory(50_000, 1.5),
  {
    what: '10,000 external services, CPU over bare Node',
    beside: '1,000 of them',
    goal: 10,
    seen: ({ services }) => over(overBare(services(10_000), 'cpu'), overBare(services(1_000), 'cpu')),
  },
  {
    what: '10,000 external services with 30,000 endpoints, wall',
    beside: 'kyaml, no-op',
    goal: 0.4,
    seen: ({ services }) => ratio(services(10_000), 'wayout', 'kyaml, no-op'),
  },
];

/** What the lines come to beside each goal. */
export function goalsTable(lines: Lines): string {
  const rows = goals.map(({ what, beside, goal, seen, atLeast = false }) => {
    const found = seen(lines);
    const isMet = found !== undefined && (atLeast ? found >= goal : found <= goal);
    return `| ${what} | ${beside} | ${atLeast ? '≥' : '≤'} ${goal} | ${found?.toFixed(2) ?? ''} | ${isMet ? 'met' : '**missed**'} |`;
  });
  return `## Goals\n\n| what | beside | goal | seen | |\n| --- | --- | --- | --- | --- |\n${rows.join('\n')}\n`;
}
