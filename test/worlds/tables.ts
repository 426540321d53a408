import fc from 'fast-check';
import { stringify } from 'yaml';
import { type Document, type Plan, plan, readable, type World, worldOf } from '../worlds.ts';
import type { Service } from './services.ts';

interface Pick {
  readonly service: number;
  readonly port: number;
  readonly place: number;
  readonly ownHost: boolean;
  readonly workloads: boolean;
  readonly ingress: boolean;
  readonly prefix: boolean;
  readonly share: number;
}

const pick: fc.Arbitrary<Pick> = fc.record({
  service: fc.nat(),
  port: fc.nat(),
  place: fc.nat(),
  ownHost: fc.boolean(),
  workloads: fc.boolean(),
  ingress: fc.boolean(),
  prefix: fc.boolean(),
  share: fc.integer({ min: 0, max: 99 }),
});

interface Spec {
  readonly hosts?: readonly string[];
  readonly ports: readonly { readonly number: number; readonly protocol: string; readonly clientsideTls?: object }[];
}

/** The ports of a service that take requests by a name of its own. */
function portsOf({ documents }: Service): { readonly hosts: readonly string[]; readonly numbers: readonly number[] } {
  const spec = documents.find(({ kind }) => kind === 'ExternalService')?.spec as Spec | undefined;
  const hosts = (spec?.hosts ?? []).filter(host => !host.startsWith('*'));
  const takes = (protocol: string, tls: object | undefined) =>
    ['HTTP', 'HTTP2', 'GRPC'].includes(protocol) ||
    (protocol === 'HTTPS' && tls !== undefined && !('mode' in tls && tls.mode === 'DISABLE'));
  const numbers = (spec?.ports ?? [])
    .filter(({ protocol, clientsideTls }) => takes(protocol, clientsideTls))
    .map(({ number }) => number);
  return { hosts, numbers };
}

/** A table that leads to a service, and to a Service of the cluster beside it. */
function tableFor(service: Service, index: number, { port, ownHost, workloads, ingress, prefix, share }: Pick) {
  const { hosts, numbers } = portsOf(service);
  const number = numbers[port % numbers.length];
  const [host] = hosts;
  if (number === undefined || host === undefined) return undefined;
  const [, namespace = '', name = ''] = service.id.split('/');
  const outside = { kind: 'EXTERNAL_SERVICE', ref: { name }, port: { number } };
  return {
    apiVersion: 'networking.gloo.solo.io/v2',
    kind: 'RouteTable',
    metadata: { name: `table-${index}`, namespace },
    spec: {
      hosts: [ownHost && !ingress ? host : `table-${index}.example.com`],
      ...(ingress && { virtualGateways: [{ name: 'public', namespace: 'ingress' }] }),
      ...(workloads && { workloadSelectors: [{ selector: { labels: { app: 'checkout' } } }] }),
      http: [
        {
          ...(prefix && { matchers: [{ uri: { prefix: '/v1' } }] }),
          forwardTo: {
            destinations:
              share === 0
                ? [outside]
                : [
                    { ...outside, weight: share },
                    { ref: { name: 'inside' }, port: { number: 80 } },
                  ],
          },
        },
      ],
    },
  };
}

/** A gateway where calls come in: somebody else's, for tables to bind to. */
export const gateway = {
  apiVersion: 'networking.istio.io/v1',
  kind: 'Gateway',
  metadata: { name: 'public', namespace: 'ingress' },
  spec: {
    selector: { istio: 'public' },
    servers: [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['*'] }],
  },
};

function withTables(made: Plan, picks: readonly Pick[]): World {
  const world = worldOf(made);
  const taken = new Set<string>();
  const tables = picks.flatMap((each, index): (Document & { readonly place: number })[] => {
    const service = world.services[each.service % world.services.length];
    const table = service && tableFor(service, index, each);
    const host = (table?.spec.hosts[0] ?? '').toLowerCase().replace(/\.$/, '');
    // Two tables for one host are an error.
    if (service === undefined || table === undefined || taken.has(host)) return [];
    taken.add(host);
    return [{ text: stringify(table), of: service.id, place: each.place }];
  });
  const documents = tables.reduce<readonly Document[]>(
    (list, { place, ...table }) => list.toSpliced(place % (list.length + 1), 0, table),
    [...world.documents, { text: stringify(gateway), of: 'foreign' }],
  );
  return readable({ ...world, documents });
}

/** Whole lists that render, with tables that lead to their services. */
export const tabledWorlds: fc.Arbitrary<World> = fc
  .tuple(plan, fc.array(pick, { minLength: 1, maxLength: 4 }))
  .map(([made, picks]) => withTables(made, picks));
