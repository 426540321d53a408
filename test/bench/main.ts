import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { meshSection, withMeshSection } from '../mesh-section.ts';
import { builds } from './kustomize.ts';
import { externalServices, foreign, list } from './lists.ts';
import { cache, measure, type Program, prepare, programs, type Run } from './programs.ts';
import { page, plot } from './report.ts';
import { median, shuffled } from './rounds.ts';

// npm run bench [rounds]: everything side by side, in random order in each round; medians, and ratios of one round's neighbours.

/** One list, and what each program took for it: medians. */
export interface Line {
  readonly what: string;
  readonly count: number;
  readonly megabytes: number;
  readonly runs: Readonly<Partial<Record<Program, Run>>>;
}

const rounds = Number(process.argv[2] ?? 9);
const slow: readonly Program[] = ['kyaml, no-op', '`yaml`, parse and print'];

function compare(what: string, count: number, text: string): Line {
  const file = join(cache, 'list.yaml');
  writeFileSync(file, text);
  const taken = new Map<Program, Run[]>();
  // What takes milliseconds is noisy, and cheap to ask more often.
  const times = count > 5_000 ? rounds / 3 : count <= 100 ? rounds * 3 : rounds;
  for (let round = 0; round < Math.max(1, times); round += 1) {
    const order = shuffled(Object.keys(programs) as Program[]).filter(
      program => round === 0 || count <= 1_000 || !slow.includes(program),
    );
    for (const program of order) taken.set(program, [...(taken.get(program) ?? []), measure(program, file)]);
  }
  const runs = [...taken].map(([program, all]): [Program, Run] => [
    program,
    {
      wall: median(all.map(({ wall }) => wall)),
      cpu: median(all.map(({ cpu }) => cpu)),
      memory: median(all.map(({ memory }) => memory)),
    },
  ]);
  const line = { what, count, megabytes: statSync(file).size / 1e6, runs: Object.fromEntries(runs) };
  process.stderr.write(`${JSON.stringify(line)}\n`);
  return line;
}

prepare();
const others = [3, 100, 1_000, 10_000, 50_000].map(count =>
  compare('items of others and 5 external services', count, list([...foreign(count), ...externalServices(5, 0)])),
);
const beyond = compare(
  'the same, one with an anchor, which is beyond the plain style',
  3,
  list([...foreign(3), ...externalServices(5, 0)]).replace('protocol: HTTP', 'protocol: &http HTTP'),
);
const services = [10, 100, 1_000, 10_000].map(count =>
  compare(
    'external services with 3 endpoints each, and 100 items of others',
    count,
    list([...foreign(100), ...externalServices(count, 3)]),
  ),
);
const whole = [builds(10, rounds), builds(1_000, Math.max(1, rounds / 3))];
const docs = (name: string): string => fileURLToPath(new URL(`../../../docs/${name}`, import.meta.url));
const kept = meshSection(readFileSync(docs('performance.md'), 'utf8'));
writeFileSync(docs('performance.md'), withMeshSection(page({ others, beyond, services, whole }, rounds), kept));
writeFileSync(docs('performance.svg'), plot(others));
