import type { Line } from './main.ts';
import { type Program, programs, type Run } from './programs.ts';

const names = Object.keys(programs) as Program[];
const colours = ['#888888', '#5599cc', '#cc5533', '#aa8833', '#228844'];

/** The page that shows what the last bench saw. */
export function table(lines: readonly Line[], rounds: number): string {
  const groups = [...new Set(lines.map(({ what }) => what))];
  const tables = groups.map(what => {
    const rows = lines
      .filter(line => line.what === what)
      .map(
        line =>
          `| ${line.count.toLocaleString('en')} (${line.megabytes.toFixed(2)} MB) | ${names.map(name => cell(line.runs, name)).join(' | ')} |`,
      );
    return `## ${what}\n\n| list | ${names.join(' | ')} |\n|${' --- |'.repeat(names.length + 1)}\n${rows.join('\n')}\n\n${slope(lines, what)}`;
  });
  return `# Performance

Written by \`npm run bench\`: every program on the same list, in random order in each of ${rounds} rounds (fewer for long lists), medians. CPU is what the process used; times of one machine say
nothing about another, their ratios more. Each cell: **CPU beside bare Node**, wall milliseconds, peak memory. \`NODE_EXTRA_CA_CERTS\` is unset: with it Node 20 starts 2.8 times slower.

![CPU time by length of the list](performance.svg)

${tables.join('\n')}`;
}

function cell(runs: Line['runs'], name: Program): string {
  const run = runs[name];
  const bare = runs['bare Node'];
  if (run === undefined || bare === undefined) return '';
  return `**× ${(run.cpu / bare.cpu).toFixed(2)}**, ${run.wall.toFixed(0)} ms, ${run.memory.toFixed(0)} MB`;
}

/** How much more CPU, over a bare start, the longest list takes than one of a tenth of its length. */
function slope(lines: readonly Line[], what: string): string {
  const over = (count: number): number | undefined => {
    const runs = lines.find(line => line.what === what && line.count === count)?.runs;
    return runs?.wayout && runs['bare Node'] && runs.wayout.cpu - runs['bare Node'].cpu;
  };
  const [small, large] = [over(1_000), over(10_000)];
  return small === undefined || large === undefined
    ? ''
    : `From 1,000 to 10,000 wayout takes ${(large / small).toFixed(1)} times the CPU over a bare start.\n`;
}

const [width, height, margin] = [720, 380, 60];

/** CPU time by length of the list, both on logarithmic scales, for lists of others' items. */
export function plot(lines: readonly Line[]): string {
  const shown = lines.filter(({ what }) => what === lines[0]?.what);
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
