import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parse } from 'yaml';
import { sharingOf } from './conformance/fuzz/sharing.ts';
import { holds } from './worlds/holds.ts';
import { madeBySource } from './worlds/rendered.ts';
import type { Written } from './worlds/services.ts';
import { document, namespaces, settings, workspace, workspaces } from './worlds/workspaces.ts';
import { plan, readable, textOf, type World, worldOf } from './worlds.ts';

const known = [...namespaces, 'far'];

/** A list with workspaces, whose patterns choose among all namespaces. */
function withWorkspaces(world: World, objects: readonly Written[]): World {
  const config = parse(world.config);
  return readable({
    ...world,
    documents: [...world.documents, ...objects.map(object => ({ text: textOf(object), of: 'gateways' as const }))],
    config: textOf({ ...config, spec: { ...config.spec, namespaces: known } }),
  });
}

/** The services of a list that a workspace imports, and those whose own workspace imports from it: their access policies look for accounts there. */
function sharedWith(name: string, { documents }: World): readonly string[] {
  const objects = documents.map(({ text }) => parse(text));
  const sharing = sharingOf(objects, known);
  return objects
    .filter(({ kind }) => kind === 'ExternalService')
    .filter(({ metadata }) => {
      const owner = sharing.ownerOf(metadata.namespace);
      if (owner === undefined) return false;
      return [...sharing.importersOf(owner, { labels: {}, ...metadata }), ...sharing.importedBy(owner)].includes(name);
    })
    .map(({ metadata }) => `ExternalService/${metadata.namespace}/${metadata.name}`);
}

test('another workspace changes the services that it shares, and no other', () => {
  let changed = 0;
  const shared = fc.oneof(fc.constant({ importFrom: [{}], exportTo: [{}] }), settings);
  holds(fc.tuple(plan, workspaces, shared), ([made, others, shares]) => {
    const stranger = [
      workspace('stranger', ['far']),
      document('WorkspaceSettings', { name: 'stranger', namespace: 'far' }, shares),
    ];
    // Other people's objects stay out of it: some are Gloo's, and mean all that is imported.
    const world = worldOf({ ...made, others: [] });
    const [one, two] = [others, [...others, ...stranger]].map(objects => withWorkspaces(world, objects));
    assert.ok(one && two);
    const [before, after] = [one, two].map(madeBySource);
    assert.ok(before && after);
    const touched = [...after]
      .filter(([key, text]) => before.get(key) !== text)
      .map(([key]) => key.split(' ')[0] ?? '');
    const related = sharedWith('stranger', two);
    assert.deepEqual(
      touched.filter(id => !related.includes(id)),
      [],
    );
    assert.deepEqual([...before.keys()], [...after.keys()]);
    changed += touched.length;
  });
  assert.ok(changed > 0, 'no service was imported');
});
