import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { holds } from './worlds/holds.ts';
import { madeBySource } from './worlds/rendered.ts';
import { plan, readable, worldOf } from './worlds.ts';

const aimed = ['applyToDestinations', 'applyToRoutes'] as const;

/** Each kind of traffic policy: its group, how it says what it applies to, and the rest of its spec. */
const forms: Readonly<Record<string, readonly [string, (typeof aimed)[number], object]>> = {
  ConnectionPolicy: ['resilience', 'applyToDestinations', { config: { tcp: { maxConnections: 7 } } }],
  OutlierDetectionPolicy: ['resilience', 'applyToDestinations', { config: { consecutiveErrors: 7 } }],
  LoadBalancerPolicy: ['trafficcontrol', 'applyToDestinations', { config: { simple: 'RANDOM' } }],
  FailoverPolicy: ['resilience', 'applyToDestinations', { config: { priorityLabels: { labels: ['role'] } } }],
  ClientTLSPolicy: ['security', 'applyToDestinations', { simple: {} }],
  RetryTimeoutPolicy: ['resilience', 'applyToRoutes', { config: { requestTimeout: '7s' } }],
  FaultInjectionPolicy: ['resilience', 'applyToRoutes', { config: { abort: { httpStatus: 418 } } }],
  HeaderManipulationPolicy: ['trafficcontrol', 'applyToRoutes', { config: { removeRequestHeaders: ['x-seven'] } }],
  CORSPolicy: ['security', 'applyToRoutes', { config: { allowOrigins: [{ exact: 'https://seven.example' }] } }],
  MirrorPolicy: ['trafficcontrol', 'applyToRoutes', { config: { destination: { ref: { name: 'seven' } } } }],
};

/** A policy of a kind that selects one service by its name. */
function policyFor(kind: string, id: string): string {
  const [, namespace = '', name = ''] = id.split('/');
  const [group, field, rest] = forms[kind] ?? ['', 'applyToDestinations', {}];
  const destination = { kind: 'EXTERNAL_SERVICE', selector: { name } };
  return stringify({
    apiVersion: `${group}.policy.gloo.solo.io/v2`,
    kind,
    metadata: { name: 'seven', namespace },
    spec: { [field]: [field === 'applyToRoutes' ? { withDestinations: destination } : destination], ...rest },
  });
}

for (const kind of Object.keys(forms)) {
  test(`a ${kind} changes the service that it selects, and no other`, () => {
    let changed = 0;
    holds(fc.tuple(plan, fc.nat(), fc.nat()), ([made, pick, place]) => {
      const world = worldOf(made);
      const { id } = world.services[pick % world.services.length] ?? { id: '' };
      const documents = world.documents.toSpliced(place % (world.documents.length + 1), 0, {
        text: policyFor(kind, id),
        of: id,
      });
      const after = madeBySource(readable({ ...world, documents }));
      // Some ports cannot take some policies: that is an error.
      if (after === undefined) return;
      const before = madeBySource(world);
      const touched = [...after].filter(([key, text]) => before?.get(key) !== text);
      assert.deepEqual(
        touched.filter(([key]) => !key.startsWith(`${id} `)).map(([key]) => key),
        [],
      );
      assert.deepEqual(
        [...(before ?? new Map()).keys()].filter(key => !after.has(key)),
        [],
      );
      changed += touched.length;
    });
    assert.ok(changed > 0, 'no service took it');
  });
}
