import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { held } from '../../worlds/guarded.ts';
import type { Written } from '../../worlds/services.ts';
import { namespaces, workspaces } from '../../worlds/workspaces.ts';
import { plan, readable, textOf, type World, worldOf } from '../../worlds.ts';
import type { Asked } from './asked.ts';
import { mixed } from './mixed.ts';
import { askedBy } from './reading.ts';
import { shadow, throughDefault, twins } from './recipes.ts';
import { sharingOf } from './sharing.ts';
import { withTables } from './tables.ts';
import { forms, renders } from './traffic.ts';

const policy = fc.record({
  kind: fc.constantFrom(...Object.keys(forms)),
  service: fc.nat(),
  port: fc.nat(),
  by: fc.constantFrom('name', 'labels', 'namespace', 'workspace'),
  from: fc.constantFrom(undefined, ...namespaces),
});
type Pick = typeof policy extends fc.Arbitrary<infer Value> ? Value : never;

/** Lists with workspaces, traffic policies, guards and twins among the rest; other people's objects are what test/worlds is about. */
export const lists: fc.Arbitrary<World> = fc
  .record({
    made: plan,
    mixed: fc.array(mixed, { maxLength: 2 }),
    withTwins: fc.boolean(),
    defaulted: fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: throughDefault }),
    workspaces: fc.oneof(fc.constant<readonly Written[]>([]), workspaces),
    elsewhere: fc.boolean(),
    policies: fc.array(policy, { maxLength: 6 }),
    guard: fc.boolean(),
    tables: fc.option(fc.array(fc.record({ service: fc.nat(), port: fc.nat() }), { minLength: 1, maxLength: 4 })),
  })
  .map(({ made, mixed: more, withTwins, defaulted, workspaces: shared, elsewhere, policies, guard, tables }) => {
    const direct = [...made.recipes, ...more, ...(withTwins ? twins : []), ...(policies.length > 0 ? [shadow] : [])];
    const recipes = defaulted ?? direct;
    const world = worldOf({ ...made, recipes, others: [] });
    const config = parse(world.config);
    const spec = {
      ...config.spec,
      namespaces,
      ...(elsewhere && { workspaces: shared }),
      ...(defaulted && { defaultGateway: 'istio-gateways/egress-gw' }),
    };
    const documents = [...world.documents, ...(elsewhere ? [] : shared).map(object => written(object, 'workspaces'))];
    const whole = { ...world, documents, config: stringify({ ...config, spec }) };
    // A policy may name a service that no guard can hold.
    if (guard) return readable(held(whole));
    // What policies do to the calls of tables is what test/cases is about.
    return readable(tables === null ? withPolicies(whole, shared, policies) : withTables(whole, tables));
  });

const written = (object: object, of: string) => ({ text: textOf(object), of });

/** A world with those of some policies that it can serve. */
function withPolicies(world: World, shared: readonly Written[], policies: readonly Pick[]): World {
  const sharing = sharingOf(shared, namespaces);
  const services = askedBy(world);
  const documents = policies
    .map((pick, index) => policyOf(pick, index, services, sharing.ownerOf))
    .filter(each => renders(each, services, sharing))
    .map(each => written(each, 'policies'));
  return { ...world, documents: [...world.documents, ...documents] };
}

/** A policy for one service at least, chosen by what is asked for. */
function policyOf(
  { kind, service: at, port: place, by, from }: Pick,
  index: number,
  services: readonly Asked[],
  ownerOf: (namespace: string) => string | undefined,
): Written {
  const { group, rest, field = 'applyToRoutes' } = forms[kind] ?? { group: '', rest: {} };
  const service = services[at % services.length];
  const { name = '', namespace = '', labels = {}, ports = [] } = service ?? {};
  const workspace = ownerOf(namespace);
  const selector = {
    ...(by === 'labels' && Object.keys(labels).length > 0 ? { labels } : { name }),
    ...(by === 'namespace' && { namespace }),
    ...(by === 'workspace' && workspace !== undefined && { workspace }),
  };
  const port = ports[place % ports.length];
  const destination = {
    kind: 'EXTERNAL_SERVICE',
    selector,
    ...(port !== undefined && { port: { number: port.number } }),
  };
  const entry = {
    applyToDestinations: destination,
    applyToRoutes: { withDestinations: destination },
    applyToRouteDestinations: { onDestinations: [destination] },
  }[field];
  return {
    apiVersion: `${group}.policy.gloo.solo.io/v2`,
    kind,
    metadata: { name: `policy-${index}`, namespace: from ?? namespace },
    spec: { [field]: [entry], ...rest },
  };
}
