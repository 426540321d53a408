import assert from 'node:assert/strict';
import { test } from 'node:test';
import { configure, type Given } from '../src/configure.ts';
import { Report } from '../src/diagnostics/report.ts';
import { readSource } from '../src/read-source.ts';
import type { Slice } from '../src/yaml/slice.ts';

const layers = ['destination', 'platform', 'document', 'functionConfig', 'parameters'] as const;

/** An EgressConfig that says of a field which layer it is. */
const saying = (name: string): Slice => ({
  text: `apiVersion: wayout.dev/v1alpha1\nkind: EgressConfig\nmetadata: {name: ${name}}\nspec: {namespace: ${name.toLowerCase()}}\n`,
  form: 'document',
  line: 1,
  column: 1,
  index: 0,
});

test('whichever layers speak, the last of them is heard: destination, platform, document, functionConfig, parameters', () => {
  for (let chosen = 0; chosen < 2 ** layers.length; chosen += 1) {
    const speaking = layers.filter((_, index) => chosen & (1 << index));
    const has = (layer: (typeof layers)[number]): boolean => speaking.includes(layer);
    const report = new Report();
    const document = has('document') ? readSource(saying('document'), report) : undefined;
    const given: Given = {
      destination: has('destination') ? 'destination' : undefined,
      platform: has('platform') ? [saying('platform')] : [],
      functionConfig: has('functionConfig') ? saying('functionConfig') : undefined,
      parameters: has('parameters') ? '[{"name":"namespace","string":"parameters"}]' : undefined,
    };
    const { config } = configure(document === undefined ? [] : [document], given, report);
    assert.deepEqual(report.diagnostics, []);
    assert.equal(config.namespace, speaking.at(-1)?.toLowerCase(), speaking.join(', '));
  }
});
