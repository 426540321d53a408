import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { parseAllDocuments } from 'yaml';
import { runOn } from '../folder.ts';
import { Chance } from '../respelling/chance.ts';
import { foreignObject } from '../respelling/foreign.ts';
import { cases, diffCases, isDocuments } from '../respelling/inputs.ts';
import { respelled } from '../respelling/respelled.ts';
import { objectsIn } from '../respelling/said.ts';
import { kinds, Speller } from '../respelling/spelling.ts';
import { treesOf } from '../respelling/tree.ts';
import { settings } from '../worlds/holds.ts';
import { kptFolder, needsKpt } from './tools.ts';

// What wayout does not manage keeps its value, whoever reads it: kubectl and Argo CD, kustomize and kpt, and readers of either YAML.

type Value = Record<string, unknown>;

/** What every reader makes of each text: its objects in their order, or why not. */
function readingsOf(texts: readonly string[]): readonly Record<string, unknown>[] {
  const { status, stdout, stderr } = spawnSync(join(kptFolder(), 'readers'), {
    encoding: 'utf8',
    input: texts.map(text => JSON.stringify(text)).join('\n'),
    maxBuffer: 1 << 30,
  });
  assert.equal(status, 0, stderr);
  return stdout
    .trim()
    .split('\n')
    .map((line, index) => {
      const { sigs: _, ...go } = JSON.parse(line) as Value;
      const byVersion = (['1.1', '1.2'] as const).map(version => {
        const documents = parseAllDocuments(texts[index] ?? '', { version, merge: true, logLevel: 'silent' });
        return [version, documents.map(document => (document.errors.length > 0 ? 'no value' : document.toJS()))];
      });
      return { ...go, ...Object.fromEntries(byVersion) };
    });
}

/** The items of a ResourceList, or the value itself. */
const itemsOf = (value: unknown): readonly unknown[] => {
  const { kind, items } = (value ?? {}) as { readonly kind?: unknown; readonly items?: readonly unknown[] };
  return kind === 'ResourceList' && items !== undefined ? items : [value];
};

/** The objects that each reader takes out of each text; undefined where it refuses that. */
const objectsOf = (texts: readonly string[]): readonly Readonly<Record<string, readonly unknown[] | undefined>>[] =>
  readingsOf(texts).map(({ errors, ...readings }) => {
    const objects = Object.entries(readings).map(([reader, found]) => {
      const values: readonly unknown[] = Array.isArray(found) ? found : [];
      const isRefused = reader in (errors as Value) || values.includes('no value');
      return [reader, isRefused ? undefined : values.flatMap(itemsOf)];
    });
    return Object.fromEntries(objects);
  });

const isOfHost = (name: string): boolean =>
  /^(?:internal\.config\.kubernetes\.io\/.*|config\.kubernetes\.io\/(?:path|index)|config\.k8s\.io\/id)$/.test(name);

/** A value without the annotations of hosts, and without `annotations` where nothing is in it. */
function withoutHosts(value: unknown): unknown {
  const { metadata, ...rest } = value as { readonly metadata: { readonly annotations?: Value } };
  const { annotations = {}, ...others } = metadata;
  const kept = Object.entries(annotations).filter(([name]) => !isOfHost(name));
  return { ...rest, metadata: { ...others, ...(kept.length > 0 && { annotations: Object.fromEntries(kept) }) } };
}

function withoutEmpty(value: unknown): unknown {
  const { metadata, ...rest } = value as { readonly metadata: { readonly annotations?: Value } };
  const { annotations = {}, ...others } = metadata;
  return Object.keys(annotations).length > 0 ? value : { ...rest, metadata: others };
}

const count = settings.numRuns * 10;

for (const { shows, args, spelled, wanted, cleaned } of [
  {
    shows: 'generate takes annotations of hosts out and leaves every value',
    args: ['generate', '-'],
    spelled: (chance: Chance, speller: Speller) => speller.document(foreignObject('a', chance)),
    wanted: withoutHosts,
    // What is left of a mapping that was merged says nothing.
    cleaned: withoutEmpty,
  },
  {
    shows: 'krm writes a list again, whose items refer to each other, and leaves every value',
    args: ['krm'],
    spelled: (chance: Chance, speller: Speller) =>
      speller.document({
        is: 'map',
        entries: [
          [
            { is: 'scalar', value: 'apiVersion' },
            { is: 'scalar', value: 'config.kubernetes.io/v1' },
          ],
          [
            { is: 'scalar', value: 'kind' },
            { is: 'scalar', value: 'ResourceList' },
          ],
          [
            { is: 'scalar', value: 'items' },
            { is: 'list', items: ['a', 'b', 'c'].map(name => foreignObject(name, chance)) },
          ],
        ],
      }),
    wanted: (value: unknown) => value,
    cleaned: (value: unknown) => value,
  },
] as const) {
  describe(shows, needsKpt, () => {
    test(`of ${count} random objects`, async () => {
      const given = Array.from({ length: count }, (_, index) => {
        const chance = new Chance(settings.seed + index);
        const speller = new Speller(
          chance,
          kinds.filter(() => chance.percent(50)),
          new Map(),
        );
        return spelled(chance, speller);
      });
      const written: string[] = [];
      for (const text of given) {
        const { code, stdout, stderr } = await runOn(Buffer.from(text), args);
        assert.equal(code, 0, `${stderr}\n${text}`);
        written.push(stdout);
      }
      const [before, after] = [objectsOf(given), objectsOf(written)];
      let compared = 0;
      for (const [index, readings] of before.entries())
        for (const [reader, values] of Object.entries(readings)) {
          if (values === undefined) continue;
          compared += 1;
          const now = after[index]?.[reader];
          assert.deepEqual(
            now?.map(cleaned),
            values.map(wanted),
            `${reader}, of\n${given[index]}\nwritten as\n${written[index]}`,
          );
        }
      // Some readers refuse some texts, such as an integer that fits nowhere.
      assert.ok(compared > count * 2, `${compared} readings of ${count} objects`);
      // Enough of them had to be written again.
      assert.ok(given.filter((text, index) => text !== written[index]).length > count / 4);
    });
  });
}

test('what is spelled again is the same to the tools of Kubernetes', needsKpt, () => {
  const pairs = [...cases(), ...diffCases()].flatMap((input, index) => {
    const chance = new Chance(settings.seed + index);
    const other = respelled(
      input,
      chance.below(1e9),
      kinds.filter(() => chance.percent(50)),
    );
    return [...input.files].flatMap(([path, text]) =>
      isDocuments(path) && (treesOf(text) ?? []).length > 0 ? [[text, other.files.get(path) ?? ''] as const] : [],
    );
  });
  const read = objectsOf(pairs.flat());
  let compared = 0;
  for (const [index, [, text]] of pairs.entries())
    for (const reader of ['cluster', 'kyaml']) {
      const [before, after] = [read[2 * index]?.[reader], read[2 * index + 1]?.[reader]];
      // Some take every text that begins with a brace for JSON.
      if (before === undefined || after === undefined) continue;
      compared += 1;
      assert.deepEqual(objectsIn(after.filter(isFilled)), objectsIn(before.filter(isFilled)), `${reader}, of\n${text}`);
    }
  assert.ok(compared > pairs.length * 1.5, `${compared} readings of ${pairs.length} texts`);
});

/** Between two marks is nothing. */
const isFilled = (value: unknown): boolean => Object.keys(value ?? {}).length > 0;
