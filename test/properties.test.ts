import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parse } from 'yaml';
import { Report } from '../src/diagnostics/report.ts';
import { writeDocuments } from '../src/io/documents.ts';
import { readResourceList } from '../src/io/resource-list.ts';
import { idOf, type Resource } from '../src/k8s/resource.ts';
import { type Rendered, render } from '../src/render.ts';
import { opened } from '../src/yaml/slice.ts';
import { invariants } from './invariants/index.ts';
import { holds } from './worlds/holds.ts';
import { unnamed } from './worlds/named.ts';
import { recipe } from './worlds/recipes.ts';
import { rendered, renderWorld, slicesOf, streamOf } from './worlds/rendered.ts';
import { sloppyWorlds } from './worlds/sloppy.ts';
import { configOf, documentsOf, plan, readable, type World, worldOf, worlds } from './worlds.ts';

const byId = (objects: readonly Resource[]): ReadonlyMap<string, Resource> =>
  new Map(objects.toSorted((one, other) => (idOf(one) < idOf(other) ? -1 : 1)).map(object => [idOf(object), object]));

const isMade = ({ metadata }: Resource): boolean => metadata?.labels?.['app.kubernetes.io/managed-by'] === 'wayout';

const errorsOf = ({ diagnostics }: Rendered): readonly string[] =>
  diagnostics.filter(({ severity }) => severity === 'error').map(({ code, message }) => `${code} ${message}`);

/** A world as a ResourceList. */
function listOf({ documents, config }: World): string {
  const indented = (text: string, pad: string) => text.replace(/^(?=.)/gm, pad);
  const items = documents.map(({ text }) => `- ${indented(text, '  ').slice(2)}`);
  return `apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nfunctionConfig:\n${indented(config, '  ')}items:\n${items.join('')}`;
}

/** A ResourceList through the render, as a KRM host would. */
function runList(text: string): string {
  const list = readResourceList(Buffer.from(text), new Report());
  assert.ok(list);
  const result = render(list);
  assert.deepEqual(errorsOf(result), []);
  return [...list.write(result.items, [])].join('');
}

const runStream = (text: string, config: string): string => {
  const result = render({ slices: slicesOf(text), functionConfig: slicesOf(config)[0] });
  assert.deepEqual(errorsOf(result), []);
  return writeDocuments(result.items);
};

test('the same list gives the same bytes', () => {
  holds(worlds, world =>
    assert.equal(runStream(streamOf(world), world.config), runStream(streamOf(world), world.config)),
  );
});

test('the order of a list does not change what is made', () => {
  holds(fc.tuple(plan, fc.array(fc.nat(1000), { minLength: 40, maxLength: 40 })), ([made, keys]) => {
    assert.deepEqual(byId(rendered(worldOf({ ...made, keys })).generated), byId(rendered(worldOf(made)).generated));
  });
});

test('what is foreign leaves byte for byte, in its order', () => {
  holds(worlds, world => {
    const foreign = world.documents.filter(({ of }) => of === 'foreign').map(({ text }) => text);
    const out = slicesOf(runStream(streamOf(world), world.config)).map(({ text }) => text);
    assert.deepEqual(
      out.filter(text => foreign.includes(text)),
      foreign,
    );
    const items = (text: string) =>
      readResourceList(Buffer.from(text), new Report())
        ?.slices.flatMap(opened)
        .map(slice => slice.text) ?? [];
    const before = items(listOf({ ...world, documents: world.documents.filter(({ of }) => of === 'foreign') }));
    assert.deepEqual(
      items(runList(listOf(world))).filter(text => before.includes(text)),
      before,
    );
  });
});

test('a list whose foreign items pass as one renders as one whose items were all looked at', () => {
  holds(worlds, world => {
    const list = readResourceList(Buffer.from(listOf(world)), new Report());
    assert.ok(list);
    const result = render({ ...list, slices: list.slices.flatMap(opened) });
    assert.equal([...list.write(result.items, [])].join(''), runList(listOf(world)));
    const said = ({ diagnostics }: Rendered) => diagnostics.map(({ code, message }) => `${code} ${message}`);
    assert.deepEqual(said(result), said(render(list)));
  });
});

test('rendering the output again changes nothing: documents', () => {
  holds(worlds, world => {
    const once = runStream(streamOf(world), world.config);
    assert.equal(runStream(once, world.config), once);
  });
});

test('rendering the output again changes nothing: ResourceList', () => {
  holds(worlds, world => {
    const once = runList(listOf(world));
    assert.equal(runList(once), once);
  });
});

test('what is made is the same as documents and as a ResourceList, and with EgressConfig among them', () => {
  holds(worlds, world => {
    const made = (text: string) =>
      byId(
        slicesOf(text)
          .map(({ text: each }) => parse(each) as Resource)
          .filter(isMade),
      );
    const stream = made(runStream(streamOf(world), world.config));
    assert.deepEqual(made(runStream(`${streamOf(world)}---\n${world.config}`, world.config)), stream);
    const list = readResourceList(Buffer.from(runList(listOf(world))), new Report())?.slices.flatMap(opened) ?? [];
    assert.deepEqual(byId(list.map(({ text }) => parse(text.replace('-', ' ')) as Resource).filter(isMade)), stream);
  });
});

test('every host, address, port, namespace and account that is emitted was named by the service, its gateways or EgressConfig', () => {
  holds(worlds, world => {
    for (const object of rendered(world).generated) assert.deepEqual(unnamed(world, object), [], idOf(object));
  });
});

test('a change of one service changes only its own objects', () => {
  holds(fc.tuple(plan, recipe, fc.nat()), ([made, other, pick]) => {
    const at = pick % made.recipes.length;
    const [before, after] = [made, { ...made, recipes: made.recipes.with(at, other) }].map(worldOf);
    assert.ok(before && after);
    const changed = [before, after].map(({ services }) => services[at]?.id);
    const others = (world: World) =>
      byId(
        rendered(world).generated.filter(
          ({ metadata }) => !changed.includes(metadata.annotations?.['wayout.dev/source']),
        ),
      );
    assert.deepEqual(others(after), others(before));
  });
});

test('three lists rendered apart give what they give together', () => {
  holds(plan, made => {
    const services = made.recipes.map((make, index) => make(index));
    const config = configOf(services, { ...made.spec, sources: 'drop' });
    const worldWith = (own: typeof services) =>
      readable({ services: own, documents: documentsOf(own, [], made.keys, made.json), config });
    const apart = [0, 1, 2]
      .map(part => services.filter((_, index) => index % 3 === part))
      .filter(part => part.length > 0);
    const parts = apart.flatMap(part => rendered(worldWith(part)).generated);
    assert.deepEqual(byId(parts), byId(rendered(worldWith(services)).generated));
    assert.equal(new Set(parts.map(idOf)).size, parts.length);
  });
});

test('a list with slips never throws; with an error it gives nothing, without one it is as sound as any other', () => {
  holds(sloppyWorlds, world => {
    const result = renderWorld(world);
    if (errorsOf(result).length > 0) return assert.deepEqual(result.items, []);
    const output = rendered(world);
    for (const object of output.generated) assert.deepEqual(unnamed(world, object, 'any'), [], idOf(object));
    for (const { name, problems } of invariants) assert.deepEqual(problems(output), [], name);
    const foreign = world.documents.filter(({ of }) => of === 'foreign').map(({ text }) => text);
    assert.deepEqual(
      result.items.flatMap(item => ('text' in item && foreign.includes(item.text) ? [item.text] : [])),
      foreign,
    );
    return undefined;
  });
});
