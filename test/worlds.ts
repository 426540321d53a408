import fc from 'fast-check';
import { stringify } from 'yaml';
import { foreign } from './worlds/foreign.ts';
import { recipe } from './worlds/recipes.ts';
import type { Recipe, Service, Written } from './worlds/services.ts';

/** A whole list: documents as text, in their order, and what they are about. */
export interface World {
  readonly services: readonly Service[];
  readonly documents: readonly Document[];
  /** The EgressConfig, as text. */
  readonly config: string;
}

/** One document of a list; `of` names the service that it is about. */
export interface Document {
  readonly text: string;
  readonly of: string | 'gateways' | 'foreign';
}

/** A document as a person or a program would write it. */
export const textOf = (object: object, style: 'yaml' | 'json' = 'yaml'): string =>
  style === 'json' ? `${JSON.stringify(object)}\n` : stringify(object);

/** A VirtualGateway and the Service before its pods, which no other gateway shares. */
const gateway = (
  namespace: string,
  name: string,
  numbers: readonly number[],
  listeners: readonly object[],
): readonly Written[] => [
  {
    apiVersion: 'networking.gloo.solo.io/v2',
    kind: 'VirtualGateway',
    metadata: { name, namespace },
    spec: { workloads: [{ selector: { labels: { istio: name } } }], listeners },
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: `istio-${name}`, namespace },
    spec: {
      selector: { istio: name },
      ports: numbers.map(port => ({ name: `tls-${port}`, port, targetPort: port + 8000 })),
    },
  },
];

const mutual = (number: number, ...hosts: readonly string[]) => ({
  port: { number },
  http: {},
  tls: { mode: 'ISTIO_MUTUAL' },
  ...(hosts.length > 0 && { exposedExternalServices: hosts.map(host => ({ host })) }),
});

/** One gateway with two mutual listeners, one with one, one whose port is shared with a PASSTHROUGH listener. */
const gateways: Readonly<Record<string, readonly Written[]>> = {
  'egress-gw': gateway('istio-gateways', 'egress-gw', [443, 8443], [mutual(443), mutual(8443)]),
  'egress-b': gateway('gateways-b', 'egress-b', [443], [mutual(443)]),
  mixed: gateway(
    'gateways-c',
    'mixed',
    [443],
    [
      mutual(443, '*/*.example'),
      { port: { number: 443 }, tcp: {}, tls: { mode: 'PASSTHROUGH' }, exposedExternalServices: [{ host: '*.test' }] },
    ],
  ),
};

/** The gateways that some services name: a list holds no more than it needs, so that a counterexample is short. */
const gatewaysFor = (services: readonly Service[]): readonly Written[] => {
  const text = JSON.stringify(services);
  return Object.entries(gateways).flatMap(([name, objects]) => (text.includes(`"name":"${name}"`) ? objects : []));
};

interface Settings {
  readonly dnsCapture: boolean;
  readonly sources: 'drop' | 'keep';
  readonly outboundTrafficPolicy: string;
  readonly trustDomain: string;
}

const settings: fc.Arbitrary<Settings> = fc.record({
  dnsCapture: fc.boolean(),
  sources: fc.constantFrom('drop', 'keep'),
  outboundTrafficPolicy: fc.constantFrom('ALLOW_ANY', 'REGISTRY_ONLY'),
  trustDomain: fc.constantFrom('cluster.local', 'prod.example'),
});

/** The EgressConfig that serves some services. */
export function configOf(services: readonly Service[], spec: Partial<Settings> = {}): string {
  const visibility = services.flatMap(({ id, clients }) =>
    clients === undefined ? [] : [[id.slice(id.indexOf('/') + 1), clients]],
  );
  // Where the proxies answer DNS, istiod allocates the addresses.
  const virtualAddresses =
    spec.dnsCapture === true
      ? {}
      : Object.fromEntries(services.flatMap(service => Object.entries(service.virtualAddresses)));
  return textOf({
    apiVersion: 'wayout.dev/v1alpha1',
    kind: 'EgressConfig',
    metadata: { name: 'egress' },
    spec: { ...spec, virtualAddresses, visibility: Object.fromEntries(visibility) },
  });
}

/** The documents of some services, the gateways' and the foreign ones among them, in the order that `keys` give. */
export function documentsOf(
  services: readonly Service[],
  others: readonly string[],
  keys: readonly number[],
  json: boolean,
): readonly Document[] {
  const style = (at: number) => (json && at % 3 === 0 ? 'json' : 'yaml');
  const documents: readonly Document[] = [
    ...gatewaysFor(services).map((object, at) => ({ text: textOf(object, style(at)), of: 'gateways' })),
    ...services.flatMap(({ id, documents: own }) =>
      own.map((object, at) => ({ text: textOf(object, style(at)), of: id })),
    ),
    ...others.map(text => ({ text, of: 'foreign' })),
  ];
  return documents
    .map((document, at) => ({ document, key: keys[at % keys.length] ?? 0 }))
    .toSorted((one, other) => one.key - other.key)
    .map(({ document }) => document);
}

const show = ({ config, documents }: World): string =>
  `\n--- functionConfig\n${config}--- list\n${documents.map(({ text }) => text).join('---\n')}`;

/** A counterexample reads as the list that it is. */
export const readable = (world: World): World => Object.assign(world, { [fc.toStringMethod]: () => show(world) });

/** A list with the recipes of its services, so that one of them can be made again. */
export interface Plan {
  readonly recipes: readonly Recipe[];
  readonly others: readonly string[];
  readonly keys: readonly number[];
  readonly json: boolean;
  readonly spec: Settings;
}

/** All that makes a world. */
export const plan: fc.Arbitrary<Plan> = fc.record({
  recipes: fc.array(recipe, { minLength: 1, maxLength: 6 }),
  others: foreign,
  keys: fc.array(fc.nat(1000), { minLength: 40, maxLength: 40 }),
  json: fc.boolean(),
  spec: settings,
});

/** The world of a plan. */
export function worldOf({ recipes, others, keys, json, spec }: Plan): World {
  const services = recipes.map((make, index) => make(index));
  return readable({ services, documents: documentsOf(services, others, keys, json), config: configOf(services, spec) });
}

/** Whole lists that render. */
export const worlds: fc.Arbitrary<World> = plan.map(worldOf);
