import assert from 'node:assert/strict';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { runIn } from './folder.ts';
import { recipe } from './worlds/recipes.ts';
import { streamOf } from './worlds/rendered.ts';
import { plan, type World, worldOf } from './worlds.ts';

const root = mkdtempSync(join(tmpdir(), 'wayout-promotion-'));
after(() => rmSync(root, { recursive: true }));

const render = ['render', 'in', '--config', 'config.yaml', '--output', 'out', '--prune'];

/** Writes a world to a folder as a repository would hold it. */
function put(folder: string, world: World): void {
  mkdirSync(join(folder, 'in'), { recursive: true });
  writeFileSync(join(folder, 'in/all.yaml'), streamOf(world));
  writeFileSync(join(folder, 'config.yaml'), world.config);
}

/** The files of the output folder: what is in them, and when they were written. */
const filesOf = (folder: string) =>
  new Map(
    readdirSync(join(folder, 'out')).map(name => {
      const path = join(folder, 'out', name);
      return [name, { text: readFileSync(path, 'utf8'), time: statSync(path).mtimeMs }] as const;
    }),
  );

test('a change of one external service writes and removes its own files alone', async () => {
  const changes = fc.tuple(plan, recipe, fc.nat());
  await fc.assert(
    fc.asyncProperty(changes, async ([made, other, pick]) => {
      const folder = mkdtempSync(join(root, 'world-'));
      const at = pick % made.recipes.length;
      const spec = { ...made.spec, sources: 'drop' } as const;
      const before = worldOf({ ...made, spec });
      const after = worldOf({ ...made, spec, recipes: made.recipes.with(at, other) });
      put(folder, before);
      assert.equal((await runIn(folder, render)).code, 0);
      const old = filesOf(folder);
      for (const name of old.keys()) utimesSync(join(folder, 'out', name), 1, 1);
      put(folder, after);
      assert.equal((await runIn(folder, render)).code, 0);
      const now = filesOf(folder);
      const own = [before, after].map(
        ({ services }) => `wayout.dev/source: ExternalService/${services[at]?.id.split('/').slice(1).join('/')}\n`,
      );
      for (const name of new Set([...old.keys(), ...now.keys()])) {
        const isOwn = [old.get(name), now.get(name)].every(
          file => file === undefined || own.some(mark => file.text.includes(mark)),
        );
        if (!isOwn) assert.deepEqual(now.get(name), { text: old.get(name)?.text, time: 1000 }, name);
      }
      assert.equal((await runIn(folder, [...render.slice(0, -1), '--check'])).code, 0);
      rmSync(folder, { recursive: true });
    }),
    { seed: Number(process.env.SEED ?? 20261124), numRuns: Number(process.env.RUNS ?? 25) },
  );
});
