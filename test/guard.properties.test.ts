import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { writeDocuments } from '../src/io/documents.ts';
import type { Resource } from '../src/k8s/resource.ts';
import { render } from '../src/render.ts';
import { invariants } from './invariants/index.ts';
import { networkPolicies } from './invariants/network-policies.ts';
import { made, type Output } from './invariants/output.ts';
import { guarded } from './worlds/guarded.ts';
import { holds } from './worlds/holds.ts';
import { recipe } from './worlds/recipes.ts';
import { renderWorld, saidIn, slicesOf } from './worlds/rendered.ts';
import { plan, type World, worldOf } from './worlds.ts';

/** What a list renders to; a list that asks for what no guard can hold gives nothing. */
function outputOf(world: World): Output {
  const { items } = renderWorld(world);
  return {
    generated: items.flatMap(item => ('resource' in item ? item.resource : [])),
    inputs: world.documents.map(({ text }) => saidIn(text)).filter(object => typeof object?.kind === 'string'),
  };
}

/** The rules by which pods of a client namespace leave, by namespace. */
function ways(output: Output): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { namespace, spec } of made(output, 'NetworkPolicy').filter(
    ({ spec: { ingress } }) => ingress === undefined,
  ))
    for (const rule of spec.egress)
      for (const peer of rule.to)
        found.set(namespace, (found.get(namespace) ?? new Set()).add(JSON.stringify([peer, rule.ports])));
  return found;
}

const clientsOf = ({ services }: World, at: number): readonly string[] => {
  const [, namespace = ''] = services[at]?.id.split('/') ?? [];
  return [namespace, ...(services[at]?.clients ?? [])];
};

test('an external service more never widens the policy of a namespace that may not call it', () => {
  let compared = 0;
  holds(fc.tuple(plan, recipe), ([before, added]) => {
    const world = guarded(worldOf(before));
    const more = guarded(worldOf({ ...before, recipes: [...before.recipes, added] }));
    const clients = clientsOf(more, before.recipes.length);
    const [known, now] = [world, more].map(each => ways(outputOf(each)));
    for (const [namespace, rules] of now ?? []) {
      if (clients.includes(namespace) || clients.includes('*') || (known?.size ?? 0) === 0) continue;
      compared += 1;
      const wider = [...rules].filter(rule => !known?.get(namespace)?.has(rule));
      assert.deepEqual(wider, [], namespace);
    }
  });
  assert.ok(compared > 0, 'nothing was compared');
});

test('lists made at random hold every invariant of NetworkPolicies', () => {
  let rendered = 0;
  holds(plan, made => {
    const output = outputOf(guarded(worldOf(made)));
    rendered += output.generated.some(({ kind }: Resource) => kind === 'NetworkPolicy') ? 1 : 0;
    for (const { name, problems } of networkPolicies) assert.deepEqual(problems(output), [], name);
  });
  assert.ok(rendered > 0 && invariants.length > networkPolicies.length, 'no policy was rendered');
});

test('rendering the output again changes nothing, NetworkPolicies among it', () => {
  holds(plan, made => {
    const world = guarded(worldOf(made));
    const once = writeDocuments(renderWorld(world).items);
    if (once === '') return;
    const again = render({ slices: slicesOf(once), functionConfig: slicesOf(world.config)[0] });
    assert.equal(writeDocuments(again.items), once);
  });
});
