import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { writeDocuments } from '../src/io/documents.ts';
import type { Ran } from './folder.ts';
import { cases, comparisonOf, diffCases, type Input, renderOf } from './respelling/inputs.ts';
import { respelled, shown } from './respelling/respelled.ts';
import { saidBy } from './respelling/said.ts';
import { type Kind, kinds } from './respelling/spelling.ts';
import { Workplace } from './respelling/workplace.ts';
import { settings } from './worlds/holds.ts';
import { renderWorld } from './worlds/rendered.ts';
import { type World, worlds } from './worlds.ts';

// What a document says does not depend on how it is spelled, and so does the answer: output by value, codes, exit code, verdict.

const workplace = new Workplace();
after(() => workplace.close());

// Not biased towards little: most inputs are spelled once.
const spellings = fc.noBias(fc.tuple(fc.nat(), fc.subarray([...kinds], { minLength: 1 })));
const inputs = [...cases(), ...diffCases()];
/** How often each input is spelled again where all are. */
const rounds = Math.ceil(settings.numRuns / 60);

type Run = (input: Input) => Promise<Ran>;
const inProcess: Run = input => workplace.run(input);
const executed: Run = input => workplace.execute(input);

/** Fails if an input says something else once its documents are spelled again. */
async function sameAnswer(input: Input, [seed, chosen]: readonly [number, readonly Kind[]], run: Run): Promise<void> {
  const other = respelled(input, seed, chosen);
  const said = saidBy(input, await run(input));
  assert.deepEqual(saidBy(other, await run(other)), said, shown(other));
}

for (const [index, input] of inputs.entries()) {
  test(`${input.name} says the same however it is spelled`, () =>
    fc.assert(
      fc.asyncProperty(spellings, spelling => sameAnswer(input, spelling, inProcess)),
      { ...settings, seed: settings.seed + index, numRuns: rounds },
    ));
}

const writtenOf = (world: World): string => writeDocuments(renderWorld(world).items);

for (const [name, arbitrary] of [
  ['a world', worlds.map(renderOf)],
  [
    'the review of two worlds',
    fc.tuple(worlds, worlds).map(([base, head]) => comparisonOf([writtenOf(base), writtenOf(head)])),
  ],
] as const) {
  test(`${name} says the same however it is spelled`, () =>
    fc.assert(
      fc.asyncProperty(arbitrary, spellings, (input, spelling) => sameAnswer(input, spelling, inProcess)),
      settings,
    ));
}

test('the executable says the same however its input is spelled', () =>
  fc.assert(
    fc.asyncProperty(fc.constantFrom(...inputs), spellings, (input, spelling) => sameAnswer(input, spelling, executed)),
    settings,
  ));
