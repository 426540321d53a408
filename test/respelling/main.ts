import { isDeepStrictEqual, parseArgs } from 'node:util';
import fc from 'fast-check';
import { writeDocuments } from '../../src/io/documents.ts';
import { renderWorld } from '../worlds/rendered.ts';
import { worlds } from '../worlds.ts';
import { cases, comparisonOf, diffCases, type Input, renderOf } from './inputs.ts';
import { respelled, shown } from './respelled.ts';
import { saidBy } from './said.ts';
import { kinds } from './spelling.ts';
import { Workplace } from './workplace.ts';

// `node dist/test/respelling/main.js --in-process 100000 --executable 5000`: a long run of what test/respelling.properties.test.ts
// does in short, counted by kind of respelling and by place. The last line is `N passed, N failed`.

const { values } = parseArgs({
  options: {
    'in-process': { type: 'string', default: '1000' },
    executable: { type: 'string', default: '50' },
    seed: { type: 'string', default: '1' },
  },
});
const seed = Number(values.seed);

const sampled = <Value>(arbitrary: fc.Arbitrary<Value>): readonly Value[] =>
  fc.sample(arbitrary, { seed, numRuns: 200 });
const inputs: readonly Input[] = [
  ...cases(),
  ...diffCases(),
  ...sampled(worlds).map(renderOf),
  ...sampled(fc.tuple(worlds, worlds)).map(([base, head]) =>
    comparisonOf([writeDocuments(renderWorld(base).items), writeDocuments(renderWorld(head).items)]),
  ),
];
const choices = fc.sample(fc.noBias(fc.tuple(fc.nat(), fc.subarray([...kinds], { minLength: 1 }))), {
  seed,
  numRuns: Math.max(Number(values['in-process']), Number(values.executable)),
});

const workplace = new Workplace();
const counts = new Map<string, number>();
let [passed, failed] = [0, 0];
for (const [mode, count] of [
  ['run', Number(values['in-process'])],
  ['execute', Number(values.executable)],
] as const) {
  // Each input's respellings follow each other, so that its own answer is asked for once.
  for (const [index, input] of inputs.entries()) {
    const own = choices.slice(0, count).filter((_, at) => at % inputs.length === index);
    if (own.length === 0) continue;
    const said = saidBy(input, await workplace[mode](input));
    for (const [spelling, chosen] of own) {
      const other = respelled(input, spelling, chosen, counts);
      if (isDeepStrictEqual(saidBy(other, await workplace[mode](other)), said)) passed += 1;
      else {
        failed += 1;
        console.log(`not the same (${mode}, ${spelling}, ${chosen.join(' ')}): ${shown(other)}`);
      }
    }
    // The next run starts from the input as it is.
    workplace.write(input);
  }
  console.log(`${mode}: ${count} respellings, ${passed} passed, ${failed} failed so far`);
}
workplace.close();

const places = [...new Set([...counts.keys()].map(id => id.split(' ')[1] ?? ''))].sort();
console.log(['kind', ...places].join('\t'));
for (const kind of kinds) console.log([kind, ...places.map(place => counts.get(`${kind} ${place}`) ?? 0)].join('\t'));
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
