import assert from 'node:assert/strict';
import { parseDocument } from 'yaml';
import { Report } from '../../src/diagnostics/report.ts';
import { readDocuments } from '../../src/io/documents.ts';
import { idOf } from '../../src/k8s/resource.ts';
import { type Rendered, render } from '../../src/render.ts';
import type { Slice } from '../../src/yaml/slice.ts';
import type { Output } from '../invariants/output.ts';
import type { World } from '../worlds.ts';

/** The objects of a text of YAML documents. */
export function slicesOf(text: string): readonly Slice[] {
  return readDocuments(Buffer.from(text), undefined, new Report());
}

/** A world as one text of YAML documents. */
export const streamOf = ({ documents }: Pick<World, 'documents'>): string =>
  documents.map(({ text }) => text).join('---\n');

/** A world rendered, its EgressConfig as functionConfig. */
export const renderWorld = (world: World): Rendered =>
  render({ slices: slicesOf(streamOf(world)), functionConfig: slicesOf(world.config)[0] });

/** What a text says, mistakes or not. */
export const saidIn = (text: string) => parseDocument(text, { logLevel: 'silent' }).toJS();

/** A world rendered without an error, as invariants look at it. */
export function rendered(world: World): Output {
  const { items, diagnostics } = renderWorld(world);
  assert.deepEqual(
    diagnostics.filter(({ severity }) => severity === 'error').map(({ code, message }) => `${code} ${message}`),
    [],
  );
  return {
    generated: items.flatMap(item => ('resource' in item ? item.resource : [])),
    // A list with slips holds documents that are no objects.
    inputs: [...world.documents.map(({ text }) => saidIn(text)), saidIn(world.config)].filter(
      object => typeof object?.metadata?.name === 'string',
    ),
  };
}

/** What is made, by the service that it is made from; undefined after an error. */
export function madeBySource(world: World): ReadonlyMap<string, string> | undefined {
  const { items, diagnostics } = renderWorld(world);
  if (diagnostics.some(({ severity }) => severity === 'error')) return undefined;
  const made = items.flatMap(item => ('resource' in item ? item.resource : []));
  return new Map(
    made.map(object => [
      `${object.metadata.annotations?.['wayout.dev/source']} ${idOf(object)}`,
      JSON.stringify(object),
    ]),
  );
}
