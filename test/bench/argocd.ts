// What a render costs through Argo CD's real servers, beside a plugin that is `cat`: node dist/test/bench/argocd.js [ROUNDS]. Prints the table of docs/scale.md.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { configMaps, repository, service } from '../e2e/argocd/repository.ts';
import { shipped, startArgocd } from '../e2e/argocd/servers.ts';
import { median } from './rounds.ts';

const rounds = Number(process.argv[2] ?? 7);
/** One of ten manifests is an external service; small repositories are asked more often, since Linux counts time in hundredths. */
const sizes = [
  { manifests: 5, services: 1, calls: 20 },
  { manifests: 500, services: 50, calls: 8 },
  { manifests: 5000, services: 500, calls: 3 },
];
const titles = ['manifests', '`cat`', 'wayout', 'of it wayout itself', 'renders a second on one core', 'times `cat`'];

const servers = startArgocd();
try {
  const { spec, ...plugin } = shipped();
  await servers.plugin(shipped());
  const cat = { ...spec, generate: { command: ['cat', 'manifests.yaml'] } };
  await servers.plugin({ ...plugin, metadata: { name: 'cat' }, spec: cat });
  console.log(`| ${titles.join(' | ')} |\n|${' --- |'.repeat(titles.length)}`);
  for (const size of sizes) console.log(`| ${(await measure(size)).join(' | ')} |`);
} finally {
  servers.stop();
}

/** One row: medians of the processor time of a call. */
async function measure({ manifests, services, calls }: (typeof sizes)[number]): Promise<readonly string[]> {
  const ours = Array.from({ length: services }, (_, index) => service(`pay-${index}`));
  const text = [configMaps(manifests - services), ...ours].join('---\n');
  const folder = repository(servers.work, { 'manifests.yaml': text });
  const spent = { cat: [] as number[], wayout: [] as number[] };
  // The first round warms up; the two take turns, so that a busy machine slows both.
  for (let round = 0; round <= rounds; round += 1) {
    for (const name of ['cat', 'wayout'] as const) {
      const before = processorSeconds();
      for (let call = 0; call < calls; call += 1) await render(folder, name, manifests);
      if (round > 0) spent[name].push((processorSeconds() - before) / calls);
    }
  }
  const [cat, wayout] = [median(spent.cat), median(spent.wayout)];
  const times = [cat, wayout, wayout - cat].map(seconds => `${Math.round(seconds * 1000)} ms`);
  return [manifests.toLocaleString('en'), ...times, (1 / wayout).toFixed(1), (wayout / cat).toFixed(1)];
}

async function render(folder: string, name: string, manifests: number): Promise<void> {
  const answer = await servers.render({ repository: folder, plugin: { name }, seconds: 600 });
  assert.deepEqual([answer.error, answer.manifests.length], ['', manifests]);
}

/** User and system time of both servers, and of their children that have ended. */
function processorSeconds(): number {
  const ticks = servers.processes().flatMap(pid => {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    return fields.slice(11, 15).map(Number);
  });
  return ticks.reduce((sum, part) => sum + part, 0) / 100;
}
