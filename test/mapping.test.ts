import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { catalog } from '../src/diagnostics/catalog.ts';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/mapping.md'), 'utf8');

/** The part of a JSON Schema that names fields. */
interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

/** Every field below a schema, with `[]` behind lists. */
const fields = ({ properties = {}, items }: Schema, path: string): string[] => [
  ...(items === undefined ? [] : fields(items, `${path}[]`)),
  ...Object.entries(properties).flatMap(([name, schema]) => [`${path}.${name}`, ...fields(schema, `${path}.${name}`)]),
];

/** A row may stand for all that lies below it: the page says so by naming the parent. */
const isNamed = (field: string, rows: string): boolean =>
  [field, `${field}[]`].some(name => rows.includes(`\`${name}\``)) ||
  parents(field).some(name => rows.includes(`\`${name}\``));

const parents = (field: string): string[] => {
  const cut = Math.max(field.lastIndexOf('.'), field.lastIndexOf('['));
  return cut <= 'spec'.length ? [] : [field.slice(0, cut), ...parents(field.slice(0, cut))];
};

const kinds = {
  ExternalService: 'external-service',
  ExternalEndpoint: 'external-endpoint',
  VirtualGateway: 'virtual-gateway',
  AccessPolicy: 'access-policy',
  Workspace: 'workspace',
  WorkspaceSettings: 'workspace-settings',
  ConnectionPolicy: 'connection-policy',
  OutlierDetectionPolicy: 'outlier-detection-policy',
  LoadBalancerPolicy: 'load-balancer-policy',
  FailoverPolicy: 'failover-policy',
  ClientTLSPolicy: 'client-tls-policy',
  RetryTimeoutPolicy: 'retry-timeout-policy',
  FaultInjectionPolicy: 'fault-injection-policy',
  HeaderManipulationPolicy: 'header-manipulation-policy',
  CORSPolicy: 'cors-policy',
  MirrorPolicy: 'mirror-policy',
  EgressConfig: 'egress-config',
};

for (const [kind, schema] of Object.entries(kinds)) {
  test(`docs/mapping.md has a row for every field of ${kind}`, () => {
    const rows =
      page
        .slice(page.indexOf(`\n## ${kind}`))
        .slice(1)
        .split('\n## ')[0] ?? '';
    const spec: Schema = JSON.parse(readFileSync(join(root, `schemas/${schema}.json`), 'utf8')).properties.spec;
    const leaves = fields(spec, 'spec').filter(
      field => !fields(spec, 'spec').some(other => other.startsWith(`${field}.`) || other.startsWith(`${field}[`)),
    );
    assert.deepEqual(
      leaves.filter(field => !isNamed(field, rows)),
      [],
    );
  });
}

test('docs/mapping.md names cases and codes that exist', () => {
  const cells = page
    .split('\n')
    .filter(line => line.startsWith('| `'))
    .map(line => line.split('|'));
  const cases = cells.flatMap(row => [...(row[3] ?? '').matchAll(/`([^`]+)`/g)].map(([, name = '']) => name));
  assert.deepEqual(
    cases.filter(name => !existsSync(join(root, 'test/cases', name))),
    [],
  );
  const codes = [...page.matchAll(/WO\d{4}/g)].map(([code]) => code);
  assert.deepEqual(
    codes.filter(code => !(code in catalog)),
    [],
  );
});

test('docs/mapping.md says of each row how it is proved, and says it as it is', () => {
  const { status, stderr } = spawnSync(process.execPath, [join(root, 'scripts/mapping-docs.mjs'), '--check']);
  assert.equal(status, 0, String(stderr));
});
