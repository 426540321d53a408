import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Rendered, render } from '../src/render.ts';
import { holds } from './worlds/holds.ts';
import { saidIn, slicesOf, streamOf } from './worlds/rendered.ts';
import { type World, worlds } from './worlds.ts';

const foreign = ['shop', 'istio-gateways', 'elsewhere']
  .map(namespace => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: words, namespace: ${namespace}}\n`)
  .join('---\n');

/** A part of a world and of objects that are not ours. */
const partOf = (world: World, part: string): Rendered =>
  render({
    slices: slicesOf(`${streamOf(world)}---\n${foreign}`),
    functionConfig: slicesOf(world.config)[0],
    parameters: JSON.stringify([
      { name: 'part', string: part },
      { name: 'allowEmpty', string: 'true' },
    ]),
  });

const objectsOf = ({ items }: Rendered) => items.map(item => ('resource' in item ? item.resource : saidIn(item.text)));

test('the part of the clients and that of the gateways are everything, each object in one of them', () => {
  let seen = 0;
  holds(worlds, world => {
    const [all = [], clients = [], gateways = []] = ['all', 'clients', 'gateways'].map(part =>
      objectsOf(partOf(world, part)),
    );
    const texts = (objects: readonly unknown[]) => objects.map(object => JSON.stringify(object)).sort();
    assert.deepEqual(texts([...clients, ...gateways]), texts(all));
    const places = new Set(all.filter(({ kind }) => kind === 'Gateway').map(({ metadata }) => metadata.namespace));
    assert.deepEqual(
      clients.filter(({ metadata }) => places.has(metadata.namespace)),
      [],
    );
    assert.deepEqual(
      gateways.filter(({ metadata }) => !places.has(metadata.namespace)),
      [],
    );
    seen += gateways.length;
  });
  assert.ok(seen > 0);
});
