import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runIn } from '../../folder.ts';
import { meshSection, withMeshSection } from '../../mesh-section.ts';
import { byHand, calls, config, declared, sidecar } from './lists.ts';
import { section } from './page.ts';

// What istiod sends to each proxy for what we render, beside what somebody writes by hand: never more. The last line is `N passed, M failed`.
// UPDATE=1 writes the figures into docs/performance.md.

/** What istiod builds for one proxy, by what it is. */
export type Cost = Readonly<Record<string, number>>;
/** The costs of one list, by who has them. */
export type Costs = Readonly<Record<string, Cost>>;
/** What was counted for a number of external services. */
export interface Counted {
  readonly count: number;
  readonly rendered: Costs;
  readonly byHand: Costs;
  readonly withSidecar: Costs;
  readonly direct: Costs;
}

const [checker = 'test/conformance/run.sh'] = process.argv.slice(2);
/** A client in a namespace that sees none of the services. */
const other = 'other/app';
const root = mkdtempSync(join(tmpdir(), 'wayout-cost-'));
const page = join(import.meta.dirname, '../../../../docs/performance.md');

/** Writes a folder such as the checker reads. */
function put(name: string, count: number, output: string): string {
  const folder = join(root, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'config.yaml'), config(count));
  writeFileSync(join(folder, 'calls.yaml'), calls);
  writeFileSync(join(folder, 'output.yaml'), output);
  return folder;
}

async function render(name: string, count: number, input: string): Promise<string> {
  const folder = put(name, count, '');
  writeFileSync(join(folder, 'input.yaml'), input);
  const { code, stdout, stderr } = await runIn(folder, ['render', 'input.yaml', '--config', 'config.yaml']);
  if (code !== 0) throw new Error(stderr);
  return stdout;
}

function costsOf(...folders: readonly string[]): readonly Costs[] {
  const { stdout, stderr, status } = spawnSync(checker, ['-cost', ...folders], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return stdout
    .trim()
    .split('\n')
    .map(line => JSON.parse(line));
}

async function counted(count: number): Promise<Counted> {
  const rendered = await render(`rendered-${count}`, count, declared(count, 'gateway'));
  const [first = {}, second = {}, third = {}, fourth = {}] = costsOf(
    put(`rendered-${count}`, count, rendered),
    put(`by-hand-${count}`, count, byHand(count)),
    put(`with-sidecar-${count}`, count, `${rendered}---\n${sidecar}`),
    put(`direct-${count}`, count, await render(`direct-${count}`, count, declared(count, 'sidecar'))),
  );
  return { count, rendered: first, byHand: second, withSidecar: third, direct: fourth };
}

let passed = 0;
let failed = 0;
function check(what: string, wrong: readonly string[]): void {
  if (wrong.length === 0) passed += 1;
  else failed += 1;
  console.log([wrong.length === 0 ? `ok    ${what}` : `FAIL  ${what}`, ...wrong].join('\n      '));
}

/** What a proxy has more of than it may. */
const above = (costs: Costs, bounds: Costs, proxies = Object.keys(bounds)): readonly string[] =>
  proxies.flatMap(proxy =>
    Object.entries(bounds[proxy] ?? {})
      .filter(([what, bound]) => !((costs[proxy]?.[what] ?? Number.NaN) <= bound))
      .map(([what, bound]) => `${proxy}: ${costs[proxy]?.[what]} ${what}, not ${bound}`),
  );

/** Nobody pays more than by hand, and who sees no external service pays nothing for it, but a cluster for each host of the hop that every sidecar sees. */
function judge({ count, rendered, byHand, withSidecar, direct }: Counted, none: Counted): void {
  check(`${count}: not above what is written by hand`, above(rendered, byHand));
  check(`${count}: who sees none pays none without a gateway`, above(direct, none.direct, [other]));
  const { clusters = 0, ...rest } = none.rendered[other] ?? {};
  const hop = { [other]: { ...rest, clusters: clusters + count } };
  check(`${count}: who sees none pays the hop's clusters`, above(rendered, hop));
  check(`${count}: who has a Sidecar pays none`, above(withSidecar, none.withSidecar, [other]));
}

try {
  const none = await counted(0);
  const all = [none];
  for (const count of [10, 100, 1_000]) {
    const one = await counted(count);
    judge(one, none);
    all.push(one);
  }
  const shown = readFileSync(page, 'utf8');
  if (process.env.UPDATE === '1') writeFileSync(page, withMeshSection(shown, section(all)));
  const isCurrent = meshSection(readFileSync(page, 'utf8')) === section(all);
  check('docs/performance.md shows these figures', isCurrent ? [] : ['UPDATE=1 npm run conformance writes them']);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
} finally {
  rmSync(root, { recursive: true });
}
