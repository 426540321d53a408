import fc from 'fast-check';
import { directPort, directPorts, gatewayPorts, readable } from './ports.ts';
import { maybe, opaque, type Recipe, service } from './services.ts';

const spelling = fc.constantFrom(
  (host: string) => host,
  (host: string) => host.toUpperCase(),
  (host: string) => `${host}.`,
);
const identity = fc.record({
  name: fc.constantFrom(
    (i: number) => `s${i}`,
    (i: number) => `s${i}.v1`,
    (i: number) => `s--${i}`,
    (i: number) => `s${i}-${'x'.repeat(58)}`,
  ),
  namespace: fc.constantFrom('shop', 'billing', 'istio-gateways'),
  labels: maybe(fc.constantFrom({ team: 'a' }, { team: 'b', tier: 'gold' })),
  clients: maybe(fc.constantFrom(['checkout'], ['checkout', 'zoo'], ['*'])),
});

const localities = fc.constantFrom(
  { region: 'eu-west' },
  { region: 'eu-west', zone: 'a' },
  { region: 'us-east', zone: 'b', subZone: 'r1' },
);
const place = fc.record({
  address: fc.constantFrom(
    (i: number, j: number) => `203.0.${i}.${j + 1}`,
    (i: number, j: number) => `2001:DB8:0:${i}::${j + 1}`,
    (i: number, j: number) => `Ep${j}.s${i}.example.net`,
  ),
  locality: maybe(localities),
});
const places = fc.array(place, { minLength: 1, maxLength: 3 });

const hostTexts = (ending: string, i: number, spellings: readonly ((host: string) => string)[]) =>
  spellings.map((spell, j) => spell([`a-b.s${i}.${ending}`, `s${i}.internal.${ending}`, `x${i}.${ending}`][j] ?? ''));
const spellings = fc.array(spelling, { minLength: 1, maxLength: 3 });

const names = maybe(fc.constantFrom(['san.example.net'], ['a.example.net', 'b.example.net']));
const direct: fc.Arbitrary<Recipe> = fc
  .record({ who: identity, ports: directPorts, hosts: spellings, endpoints: maybe(places), subjectAltNames: names })
  .map(
    ({ hosts, ...parts }) =>
      i =>
        service(i, { ...parts, hosts: hostTexts('example', i, hosts) }),
  );

const byAddress: fc.Arbitrary<Recipe> = fc
  .record({ who: identity, ports: directPorts, endpoints: maybe(places), range: fc.boolean() })
  .map(({ range, ...parts }) => i => {
    const open = range && parts.endpoints === undefined ? [`10.${i}.7.9/16`, `2001:db8:ffff:${i}::/64`] : [];
    return service(i, { ...parts, addresses: [`198.51.${i}.7`, `2001:DB8:AA:${i}:0::1`, ...open] });
  });

const socket: fc.Arbitrary<Recipe> = fc.record({ who: identity, port: directPort }).map(({ who, port }) => i => {
  const made = service(i, {
    who,
    ports: [{ ...port, target: 'same' }],
    hosts: [`sock${i}.local`],
    endpoints: [{ address: () => `unix:///run/s${i}.sock` }],
  });
  return {
    ...made,
    documents: made.documents.map(each =>
      each.kind === 'ExternalEndpoint' ? { ...each, spec: { address: `unix:///run/s${i}.sock` } } : each,
    ),
  };
});

const wildcard: fc.Arbitrary<Recipe> = fc
  .record({ who: identity, ports: directPorts.filter(ports => !opaque(ports)), endpoints: maybe(places) })
  .map(parts => i => service(i, { ...parts, hosts: [`*.W${i}.example`, `plain.w${i}.example`] }));

const client = fc.constantFrom<object>(
  { serviceAccountSelector: { name: 'billing', namespace: 'shop' } },
  { serviceAccountSelector: { namespace: 'checkout' } },
  { serviceAccountSelector: {} },
);
const rule = fc.record({
  allowedClients: fc.array(client, { maxLength: 2 }),
  allowedIpBlocks: fc.constantFrom<string[]>([], ['10.0.0.0/8']),
  dryRun: fc.constant(false),
});
const request = fc.constantFrom<object>(
  {},
  { allowedMethods: ['GET', 'HEAD'] },
  { allowedPaths: ['/v1/*'], match: { request: { headers: { 'x-tenant': { values: ['a'] } } } } },
);
const policies = (http: boolean) =>
  fc.array(
    fc
      .tuple(rule, http ? request : fc.constant({}))
      .map(([one, asked]) => ({ config: { authzList: [{ ...one, ...asked }] } })),
    { maxLength: 2 },
  );

const throughGateway: fc.Arbitrary<Recipe> = gatewayPorts.chain(ports =>
  fc
    .record({
      who: identity,
      hosts: spellings,
      endpoints: maybe(places),
      subjectAltNames: names,
      policies: policies(['HTTP', 'HTTP2', 'GRPC'].includes(ports[0]?.protocol ?? '') || ports[0]?.number === 443),
    })
    .map(
      ({ hosts, ...parts }): Recipe =>
        i =>
          service(i, { ...parts, ports, hosts: hostTexts('example', i, hosts) }),
    ),
);

const wildcardThroughGateway: fc.Arbitrary<Recipe> = fc
  .record({ who: identity, port: readable, endpoints: places, exact: fc.boolean(), policies: policies(true) })
  .map(
    ({ port, exact, ...parts }) =>
      i =>
        service(i, { ...parts, ports: [port], hosts: [`*.g${i}.example`, ...(exact ? [`api.g${i}.example`] : [])] }),
  );

const passthrough: fc.Arbitrary<Recipe> = fc
  .record({ who: identity, protocol: fc.constantFrom('HTTPS', 'TLS'), hosts: spellings, endpoints: maybe(places) })
  .map(({ protocol, hosts, ...parts }) => i => {
    const egressGatewayRoutes = { virtualGatewayRefs: [{ name: 'mixed', namespace: 'gateways-c' }] };
    return service(i, {
      ...parts,
      ports: [{ number: 443, protocol, egressGatewayRoutes }],
      hosts: hostTexts('test', i, hosts),
    });
  });

/** An external service of any sort that renders. */
export const recipe: fc.Arbitrary<Recipe> = fc.oneof(
  { weight: 3, arbitrary: direct },
  { weight: 2, arbitrary: byAddress },
  { weight: 1, arbitrary: socket },
  { weight: 1, arbitrary: wildcard },
  { weight: 5, arbitrary: throughGateway },
  { weight: 2, arbitrary: wildcardThroughGateway },
  { weight: 1, arbitrary: passthrough },
);
