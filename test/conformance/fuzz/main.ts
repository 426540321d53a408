import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import type { World } from '../../worlds.ts';
import { lists } from './lists.ts';
import { judge, writeCase } from './oracle.ts';

// Random lists, rendered, and asked in istiod's own code: what they declare arrives, and nothing else leaves. The last line is `N passed, M failed`.

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '200' },
    seed: { type: 'string' },
    checker: { type: 'string', default: 'test/conformance/run.sh' },
  },
});
const runs = Number(values.runs);
const seed = values.seed === undefined ? Date.now() % 0x7fffffff : Number(values.seed);
const { checker } = values;

const worlds: World[] = [];
fc.check(
  fc.property(lists, world => {
    worlds.push(world);
  }),
  { seed, numRuns: runs },
);
console.log(`fuzz: ${worlds.length} lists at random, seed ${seed}`);
const { passed, failures } = judge(worlds, checker);
for (const [index, words] of [...failures].slice(0, 10)) console.log(`FAIL  list ${index}: ${words.join('\n      ')}`);
if (failures.size > 10) console.log(`and ${failures.size - 10} more lists`);
const [first] = failures.keys();
if (first !== undefined) shrink(first);
console.log(`${passed} passed, ${failures.size} failed`);
process.exitCode = failures.size === 0 ? 0 : 1;

/** Makes the first list that failed as small as it stays wrong, and leaves it as a case. */
function shrink(index: number): void {
  console.log(`shrinking list ${index}, for a minute at most`);
  const { counterexample } = fc.check(
    fc.property(lists, world => judge([world], checker).failures.size === 0),
    { seed, path: String(index), numRuns: 1, interruptAfterTimeLimit: 60_000, markInterruptAsFailure: false },
  );
  const [smallest = worlds[index]] = counterexample ?? [];
  if (smallest === undefined) return;
  const folder = mkdtempSync(join(tmpdir(), 'wayout-counterexample-'));
  writeCase(folder, smallest);
  console.log(`\nthe smallest list that fails lies in ${folder}
  look:   test/conformance/run.sh -explain ${folder}
  again:  npm run conformance -- --runs ${runs} --seed ${seed}
  keep:   once it is mended, move the folder to test/cases under a name that says what it shows, shorten its calls.yaml, and run UPDATE=1 npm test\n`);
}
