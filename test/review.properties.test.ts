import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parse } from 'yaml';
import type { Resource } from '../src/k8s/resource.ts';
import { reviewOf, type Side } from '../src/review/review.ts';
import { waysOf } from '../src/review/ways.ts';
import { print } from '../src/yaml/print.ts';
import { holds } from './worlds/holds.ts';
import { recipe } from './worlds/recipes.ts';
import { rendered, slicesOf } from './worlds/rendered.ts';
import { plan, type World, worldOf, worlds } from './worlds.ts';

const sideOf = (world: World): Side => ({ generated: rendered(world).generated, foreign: [], standing: [] });

/** Two worlds that differ in one service. */
const changes = fc.tuple(plan, recipe, fc.nat()).map(([made, other, pick]) => {
  const changed = { ...made, recipes: made.recipes.with(pick % made.recipes.length, other) };
  return [worldOf(made), worldOf(changed)] as const;
});

test('a side beside itself shows no change, read from its text in any order too', () => {
  holds(worlds, world => {
    const side = sideOf(world);
    const text = side.generated.map(print).join('---\n');
    // What was just printed are objects.
    const read = slicesOf(text)
      .map(slice => parse(slice.text) as Resource)
      .reverse();
    const { opens, opened, closed, changed, guards, objects } = reviewOf(side, {
      generated: read,
      foreign: [],
      standing: [],
    });
    assert.deepEqual(
      { opens, opened, closed, changed, guards, objects },
      { opens: false, opened: [], closed: [], changed: [], guards: [], objects: [] },
    );
  });
});

test('what opens one way closes the other way', () => {
  holds(changes, ([base, head]) => {
    const [one, other] = [sideOf(base), sideOf(head)];
    const [there, back] = [reviewOf(one, other), reviewOf(other, one)];
    assert.deepEqual(
      back.closed.map(({ still: _, ...way }) => way),
      there.opened,
    );
    assert.deepEqual(
      there.closed.map(({ still: _, ...way }) => way),
      back.opened,
    );
  });
});

test('whatever is not reached on one side and is on the other is said to open', () => {
  holds(changes, ([base, head]) => {
    const reached = (world: World) =>
      new Set(waysOf(sideOf(world).generated).ways.map(({ host, port }) => `${host} ${port}`));
    const before = reached(base);
    const news = [...reached(head)].filter(call => !before.has(call));
    const { opens, opened } = reviewOf(sideOf(base), sideOf(head));
    assert.deepEqual(
      [...new Set(opened.map(({ host, port }) => `${host} ${port}`))].filter(call => news.includes(call)).sort(),
      news.sort(),
    );
    assert.ok(opens || news.length === 0);
  });
});

test('each host and port that a ServiceEntry declares has a way, but for those that a policy opens to nobody', () => {
  holds(worlds, world => {
    const { generated } = rendered(world);
    const ways = waysOf(generated).ways;
    const declared = generated
      .filter(({ kind }) => kind === 'ServiceEntry')
      .flatMap(
        ({ spec }) =>
          (spec as { ports: { number: number }[]; hosts: string[] }).ports.length *
          (spec as { hosts: string[] }).hosts.length,
      );
    const reached = new Set(ways.map(({ host, port }) => `${host} ${port}`));
    assert.equal(
      reached.size,
      declared.reduce((sum, count) => sum + count, 0),
    );
    for (const way of ways) {
      assert.ok(
        way.client !== '' && way.port > 0 && way.endpoints.length > 0 && way.access.length > 0,
        JSON.stringify(way),
      );
      assert.notEqual(way.verification.tls, 'elsewhere');
    }
  });
});
