import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { runOn } from './folder.ts';

const cases = join(import.meta.dirname, '../../test/cases');
const read = (folder: string, file: string): string => readFileSync(join(cases, folder, file), 'utf8');

/** The objects that the hints of a case tell the user to write, each on a line of its own. */
const shownIn = (folder: string): string[] =>
  [...read(folder, 'diagnostics.txt').matchAll(/hint: write (?:instead )?(\{apiVersion.*\})/g)].flatMap(
    ([, objects = '']) => objects.split(/ and (?=\{apiVersion)/),
  );

const findings = (text: string): string[] => text.match(/(?:error|warning)\[WO\d{4}\]/g) ?? [];

const capture =
  '{apiVersion: wayout.dev/v1alpha1, kind: EgressConfig, metadata: {name: egress}, spec: {dnsCapture: true}}';

const rendered = (documents: readonly string[]) =>
  runOn(Buffer.from([capture, ...documents].join('\n---\n')), ['render', '-']);

test('the ExternalServices that are shown instead of VirtualDestinations render, and bring no warning of their own', async () => {
  const folder = 'virtual-destination-over-external-services';
  const documents = read(folder, 'input.yaml').split('\n---\n');
  const others = documents.filter(text => !text.includes('kind: VirtualDestination'));
  const shown = shownIn(folder);
  assert.equal(shown.length, 5);
  const before = await rendered(others);
  const after = await rendered([...others, ...shown]);
  assert.equal(after.code, 0, after.stderr);
  // One of the two places of the database has a locality.
  assert.deepEqual(findings(after.stderr), [...findings(before.stderr), 'warning[WO3008]']);
  for (const host of ['payments.mesh.internal', 'db.mesh.internal'])
    assert.match(after.stdout, new RegExp(`- ${host}`));
});

test('what is shown instead of a VirtualDestination goes through the gateway of its service, for the same clients', async () => {
  const folder = 'virtual-destination-over-a-guarded-service';
  const documents = read(folder, 'input.yaml').split('\n---\n');
  const after = await rendered([...documents, ...shownIn(folder)]);
  assert.equal(after.code, 0, after.stderr);
  const policy = after.stdout
    .split('\n---\n')
    .find(text => /kind: AuthorizationPolicy/.test(text) && /- payments/.test(text));
  assert.match(policy ?? '', /ns\/shop\/sa\/checkout/);
  assert.doesNotMatch(policy ?? '', /namespaces:/);
});

test('the Sidecar that is shown instead of a TrimProxyConfigPolicy hides no external service', async () => {
  const folder = 'trim-proxy-config-policy';
  const documents = read(folder, 'input.yaml').split('\n---\n');
  const shown = shownIn(folder);
  assert.equal(shown.length, 1);
  const after = await rendered([...documents, ...shown]);
  assert.equal(after.code, 0, after.stderr);
});
