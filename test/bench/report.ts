import { goalsTable } from './goals.ts';
import { type Build, functionNames } from './kustomize.ts';
import type { Line } from './main.ts';
import { type Program, programs, type Run } from './programs.ts';

const names = Object.keys(programs) as Program[];
const colours = ['#888888', '#5599cc', '#885599', '#cc5533', '#aa8833', '#228844'];

/** What a bench saw. */
export interface Seen {
  readonly others: readonly Line[];
  readonly beyond: Line;
  readonly services: readonly Line[];
  readonly whole: readonly Build[];
}

/** The page that shows what the last bench saw. */
export function page({ others, beyond, services, whole }: Seen, rounds: number): string {
  const of = (lines: readonly Line[]) => (count: number) => lines.find(line => line.count === count);
  return `# Performance

Written by \`npm run bench\`: every program on the same list, between two pipes, in random order in each of ${rounds} rounds (three times as many for short lists, fewer for long ones), medians. CPU is what the process used; times of one machine say
nothing about another, their ratios more. Each cell: **wall beside bare Node**, CPU beside bare Node, wall milliseconds, peak memory. \`NODE_EXTRA_CA_CERTS\` is unset: with it Node 20 starts 2.8 times slower.

![CPU time by length of the list](performance.svg)

${goalsTable({ others: of(others), services: of(services), beyond })}
What is missed, and why, stands at the end of [decisions.md](decisions.md).

${table(others)}
${slope(others)}
${table([beyond])}
${table(services)}
${slope(services)}
${wholeTable(whole, of(others))}`;
}

function table(lines: readonly Line[]): string {
  const rows = lines.map(({ count, megabytes, runs }) => {
    const cells = names.map(name => cell(runs, name)).join(' | ');
    return `| ${count.toLocaleString('en')} (${megabytes.toFixed(2)} MB) | ${cells} |`;
  });
  return `## ${lines[0]?.what}\n\n| list | ${names.join(' | ')} |\n|${' --- |'.repeat(names.length + 1)}\n${rows.join('\n')}\n`;
}

function cell(runs: Line['runs'], name: Program): string {
  const run = runs[name];
  const bare = runs['bare Node'];
  if (run === undefined || bare === undefined) return '';
  const [wall, cpu] = [run.wall / bare.wall, run.cpu / bare.cpu];
  return `**× ${wall.toFixed(2)}**, CPU × ${cpu.toFixed(2)}, ${run.wall.toFixed(0)} ms, ${run.memory.toFixed(0)} MB`;
}

/** What a function adds to a whole build, most of it in kustomize itself: it hands the list over and reads it again. */
function wholeTable(whole: readonly Build[], others: (count: number) => Line | undefined): string {
  const rows = whole.map(({ count, walls }) => {
    const cells = functionNames.map(name => `${walls[name].toFixed(0)} ms`).join(' | ');
    const alone = others(count === 10 ? 3 : count)?.runs.wayout?.wall ?? 0;
    return `| ${count.toLocaleString('en')} | ${cells} | ${((100 * alone) / walls.wayout).toFixed(0)} % |`;
  });
  return `## in a whole \`kustomize build\`

What a function adds to a build is mostly kustomize's own work, which hands the list over and reads the answer. The last column is what wayout takes alone, on a list of that length (of 3 for 10).

| objects | ${functionNames.join(' | ')} | wayout itself |
|${' --- |'.repeat(functionNames.length + 2)}
${rows.join('\n')}
`;
}

/** How much more CPU, over a bare start, the list of 10,000 takes than that of 1,000. */
function slope(lines: readonly Line[]): string {
  const [small, large] = [1_000, 10_000].map(count => {
    const runs = lines.find(line => line.count === count)?.runs;
    return runs?.wayout && runs['bare Node'] && runs.wayout.cpu - runs['bare Node'].cpu;
  });
  if (small === undefined || large === undefined) return '';
  return `From 1,000 to 10,000 wayout takes ${(large / small).toFixed(1)} times the CPU over a bare start.\n`;
}

const [width, height, margin] = [720, 380, 60];

/** CPU time by length of the list, both on logarithmic scales, for lists of others' items. */
export function plot(shown: readonly Line[]): string {
  const runs = shown.flatMap(line => names.flatMap(name => line.runs[name] ?? []));
  const x = scale(
    shown.map(({ count }) => count),
    margin,
    width - 170,
  );
  const y = scale(
    runs.map(({ cpu }) => cpu),
    height - margin,
    20,
  );
  const curves = names.map((name, index) => {
    const points = shown.flatMap(({ count, runs: { [name]: run } }) => (run === undefined ? [] : [{ count, run }]));
    const path = points.map(({ count, run }: { count: number; run: Run }) => `${x(count)},${y(run.cpu)}`).join(' ');
    const label = `<text x="${width - 160}" y="${40 + 22 * index}" fill="${colours[index]}">${name.replaceAll('`', '')}</text>`;
    return `<polyline points="${path}" fill="none" stroke="${colours[index]}" stroke-width="2"/>${label}`;
  });
  const ticks = [
    ...shown.map(
      ({ count }) =>
        `<text x="${x(count)}" y="${height - 35}" text-anchor="middle">${count.toLocaleString('en')}</text>`,
    ),
    ...[20, 100, 1_000, 10_000].map(
      ms => `<text x="${margin - 8}" y="${y(ms) + 4}" text-anchor="end">${ms.toLocaleString('en')}</text>`,
    ),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="13">
<title>CPU time by length of the list, both scales logarithmic</title>
<rect width="${width}" height="${height}" fill="white"/>
<text x="${margin}" y="${height - 10}">items in the list</text><text x="8" y="14">CPU, ms</text>
${[...ticks, ...curves].join('\n')}
</svg>
`;
}

/** A logarithmic scale from the smallest to the largest value. */
function scale(values: readonly number[], from: number, to: number): (value: number) => number {
  const [low, high] = [Math.log(Math.min(...values)), Math.log(Math.max(...values))];
  return value => Math.round(from + ((Math.log(value) - low) / (high - low)) * (to - from));
}
