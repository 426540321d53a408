import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { codes as known } from '../src/diagnostics/catalog.ts';
import { otherKinds } from '../src/kinds/other-kinds.ts';

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

const section = (kind: string): string =>
  page.includes(`\n## ${kind}`) ? (page.split(`\n## ${kind}`)[1]?.split('\n## ')[0] ?? '') : '';

for (const file of readdirSync(join(root, 'schemas'))) {
  const { kind, spec } = JSON.parse(readFileSync(join(root, 'schemas', file), 'utf8')).properties;
  test(`docs/mapping.md has a row for every field of ${kind.const}`, () => {
    const all = fields(spec, 'spec');
    const leaves = all.filter(
      field => !all.some(other => other.startsWith(`${field}.`) || other.startsWith(`${field}[`)),
    );
    assert.deepEqual(
      leaves.filter(field => !isNamed(field, section(kind.const))),
      [],
    );
  });
}

/** Every kind that Gloo reads, 2.0 to 2.14, but for those that it writes itself. */
const glooKinds = [
  'AccessLogPolicy AccessPolicy ActiveHealthCheckPolicy AdaptiveRequestConcurrencyPolicy ApiDoc ApiProduct ApiSchemaDiscovery',
  'ClientTLSPolicy CloudProvider CloudResources ConnectionPolicy CORSPolicy CSRFPolicy Dashboard DLPPolicy ExtAuthPolicy ExtAuthServer',
  'ExternalEndpoint ExternalService ExternalWorkload FailoverPolicy FaultInjectionPolicy GatewayLifecycleManager',
  'GraphQLAllowedQueryPolicy GraphQLPersistedQueryCachePolicy GraphQLResolverMap GraphQLSchema GraphQLStitchedSchema',
  'HeaderManipulationPolicy HTTPBufferPolicy InsightsConfig IstioLifecycleManager JWTPolicy KubernetesCluster ListenerConnectionPolicy',
  'LoadBalancerPolicy LuaPolicy MirrorPolicy OutlierDetectionPolicy Portal PortalGroup ProgressiveDelivery ProxyProtocolPolicy',
  'RateLimitClientConfig RateLimitPolicy RateLimitServerConfig RateLimitServerSettings RetryTimeoutPolicy RootTrustPolicy RouteTable',
  'TransformationPolicy TrimProxyConfigPolicy VirtualDestination VirtualGateway WAFPolicy WasmDeploymentPolicy Workspace WorkspaceSettings',
].flatMap(line => line.split(' '));

test('docs/mapping.md has a section or a row for every kind of Gloo', () => {
  const others = section("Other kinds of Gloo's");
  assert.equal(glooKinds.length, 58);
  assert.deepEqual(
    glooKinds.filter(kind => section(kind) === '' && !others.includes(`\`${kind}\``)),
    [],
  );
  assert.deepEqual(
    otherKinds
      .flatMap(({ kinds }) => kinds.map(id => id.split('/')[1]))
      .filter(kind => !glooKinds.includes(kind ?? '')),
    [],
  );
});

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
    codes.filter(code => !known().some(one => one === code)),
    [],
  );
});

test('docs/mapping.md says of each row how it is proved, and says it as it is', () => {
  const { status, stderr } = spawnSync(process.execPath, [join(root, 'scripts/mapping-docs.mjs'), '--check']);
  assert.equal(status, 0, String(stderr));
});
