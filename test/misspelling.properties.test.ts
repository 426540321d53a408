import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { writeDocuments } from '../src/io/documents.ts';
import type { Ran } from './folder.ts';
import { Chance } from './respelling/chance.ts';
import { cases, comparisonOf, diffCases, type Input, isDocuments, renderOf } from './respelling/inputs.ts';
import { egressPlaces, inputPlaces, type Place, placesIn } from './respelling/places.ts';
import { shown } from './respelling/respelled.ts';
import { type Said, saidBy } from './respelling/said.ts';
import { slipAt, withSlip } from './respelling/slips.ts';
import { kinds, Speller } from './respelling/spelling.ts';
import { type Tree, treesOf } from './respelling/tree.ts';
import { Workplace } from './respelling/workplace.ts';
import { settings } from './worlds/holds.ts';
import { renderWorld } from './worlds/rendered.ts';
import { worlds } from './worlds.ts';

// A key that is misspelled, or not there, is never the reason that less is guarded than was asked for.

const workplace = new Workplace();
after(() => workplace.close());

// Not biased towards little: most inputs get one slip.
const seeds = fc.noBias(fc.nat());
const rounds = Math.ceil(settings.numRuns / 60);

type Run = (input: Input) => Promise<Ran>;
const inProcess: Run = input => workplace.run(input);
const executed: Run = input => workplace.execute(input);

/** A file with one slip in it, and what that is; undefined where it has no key that could be one. */
function slipped(text: string, placesOf: (tree: Tree) => readonly Place[], chance: Chance) {
  const trees = treesOf(text) ?? [];
  const all = trees.flatMap((tree, index) => placesOf(tree).map(place => ({ index, place })));
  // Few keys are those that say what a document is.
  const few = chance.percent(40) ? all.filter(({ place }) => place.mayBeMissing) : all;
  const [first, ...others] = few;
  if (first === undefined) return undefined;
  const at = chance.pick([first, ...others]);
  const slip = slipAt(at.place, chance);
  const speller = new Speller(chance, chance.percent(50) ? kinds : [], new Map());
  const texts = trees.map((tree, index) => speller.document(index === at.index ? withSlip(tree, slip) : tree));
  const isWhole = slip.path.length === 1;
  return {
    text: texts.join('---\n'),
    ...(isWhole && { rest: texts.toSpliced(at.index, 1).join('---\n') }),
    said: `${slip.path.join('.')} is ${slip.instead ?? 'not there'}`,
  };
}

/** An input with one slip in one of its files; undefined where it has no key that could be one. */
function withOneSlip(input: Input, seed: number): Input | undefined {
  const chance = new Chance(seed);
  const files = [...input.files].filter(([path]) => isDocuments(path));
  for (const [path, text] of chance.shuffled(files)) {
    const other = slipped(text, tree => placesIn(tree, inputPlaces), chance);
    if (other === undefined) continue;
    return {
      ...input,
      name: `${input.name}, where ${other.said}`,
      files: new Map([...input.files, [path, other.text]]),
    };
  }
  return undefined;
}

/** Fails if an input with a slip renders, and a review of what it renders would not be stopped by a gate where it opens. */
async function guardsAsMuch(input: Input, seed: number, run: Run): Promise<void> {
  const other = withOneSlip(input, seed);
  const before = await run(input);
  if (other === undefined || before.code !== 0) return;
  const after = await run(other);
  // The next run may be of the same folder, whose file has the slip.
  workplace.write(input);
  if (after.code !== 0) return;
  const [was, is] = [saidBy(input, before), saidBy(other, after)];
  // What a traffic policy sets guards nothing: it is left out, and that is said.
  const left = is.found.filter(code => code === 'WO2401').length - was.found.filter(code => code === 'WO2401').length;
  if (left > 0) return;
  const review = await workplace.run(comparisonOf([withoutInputs(was), withoutInputs(is)]));
  assert.equal(review.code, 0, `${shown(other)}\n${review.stdout}${review.stderr}`);
}

/** What stays in the output beside what was made of it is not rendered again. */
const withoutInputs = ({ objects }: Said): string =>
  ['{apiVersion: v1, kind: Namespace, metadata: {name: shop}}', ...objects]
    .filter(object => !/"apiVersion":"[^"]*(?:gloo\.solo\.io|wayout\.dev)\//.test(object))
    .join('\n---\n');

for (const [index, input] of cases().entries()) {
  test(`${input.name} guards as much with a misspelled key, or is refused`, () =>
    fc.assert(
      fc.asyncProperty(seeds, seed => guardsAsMuch(input, seed, inProcess)),
      { ...settings, seed: settings.seed + index, numRuns: rounds },
    ));
}

test('a world guards as much with a misspelled key, or is refused', () =>
  fc.assert(
    fc.asyncProperty(worlds.map(renderOf), seeds, (input, seed) => guardsAsMuch(input, seed, inProcess)),
    settings,
  ));

test('the executable guards as much with a misspelled key, or refuses', () =>
  fc.assert(
    fc.asyncProperty(fc.constantFrom(...cases()), seeds, (input, seed) => guardsAsMuch(input, seed, executed)),
    settings,
  ));

/** Fails if a review of objects, and of the same objects with a slip, ends as if nothing could open. */
async function isStopped(text: string, seed: number): Promise<void> {
  // What reads a list does not look at its apiVersion.
  const other = slipped(text, tree => placesIn(tree, egressPlaces, ['kind', 'items']), new Chance(seed));
  if (other === undefined) return;
  const input = comparisonOf([text, other.text]);
  const { code, stdout } = await workplace.run(input);
  // What does not say what it is, is not there: nothing opens if that opens nothing.
  if (code === 0 && other.rest !== undefined)
    assert.equal((await workplace.run(comparisonOf([text, other.rest]))).code, 0);
  else assert.ok(code === 1 || code === 4, `${other.said}\n${shown(input)}\n${stdout}`);
}

for (const [index, { name, files }] of diffCases().entries()) {
  test(`${name} with a misspelled key is stopped`, () =>
    fc.assert(fc.asyncProperty(fc.constantFrom(...[...files.values()]), seeds, isStopped), {
      ...settings,
      seed: settings.seed + index,
      numRuns: rounds,
    }));
}

test('a rendered world with a misspelled key is stopped', () =>
  fc.assert(
    fc.asyncProperty(
      worlds.map(world => writeDocuments(renderWorld(world).items)),
      seeds,
      isStopped,
    ),
    settings,
  ));
