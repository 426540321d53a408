import fc from 'fast-check';

/** A Kubernetes object as a test writes it. */
export type Written = { readonly apiVersion: string; readonly kind: string; readonly metadata: object; readonly spec: object };

/** One external service of a world: all that is its own, and what EgressConfig must say of it. */
export interface Service {
  readonly id: string;
  readonly documents: readonly Written[];
  readonly virtualAddresses: Readonly<Record<string, string>>;
  readonly clients?: readonly string[];
}

/** What a service is, before its place in the list gives it names of its own. */
export type Recipe = (index: number) => Service;

const gloo = 'networking.gloo.solo.io/v2';
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 1 });
const clean = (fields: Readonly<Record<string, unknown>>) => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

const spelling = fc.constantFrom((host: string) => host, (host: string) => host.toUpperCase(), (host: string) => `${host}.`);
const identity = fc.record({
  name: fc.constantFrom((i: number) => `s${i}`, (i: number) => `s${i}.v1`, (i: number) => `s--${i}`, (i: number) => `s${i}-${'x'.repeat(58)}`),
  namespace: fc.constantFrom('shop', 'billing', 'istio-gateways'),
  labels: maybe(fc.constantFrom({ team: 'a' }, { team: 'b', tier: 'gold' })),
  clients: maybe(fc.constantFrom(['checkout'], ['checkout', 'zoo'], ['*'])),
});

const files = { clientCertificate: '/etc/c/tls.crt', privateKey: '/etc/c/tls.key' };
const tls = fc.constantFrom<object>(
  {}, { mode: 'SIMPLE', sni: 'Sni.example.net' }, { mode: 'MUTUAL', ...files }, { mode: 'MUTUAL', ...files, caCertificates: '/etc/c/ca.crt' },
  { mode: 'ISTIO_MUTUAL' }, { insecureSkipVerify: true }, { mode: 'DISABLE' }, { caCertificates: '/etc/c/ca.crt' },
);
const gatewayTls = fc.oneof(tls, fc.constantFrom<object>({ credentialName: 'pay-ca' }, { mode: 'MUTUAL', credentialName: 'pay-cert', sni: 'pay.example.net' }));

interface Port {
  readonly name?: string | undefined;
  readonly number: number;
  readonly protocol: string;
  readonly clientsideTls?: object | undefined;
  readonly egressGatewayRoutes?: object;
  readonly target?: 'same' | 'number' | 'name';
}

const opaque = (ports: readonly Port[]) => ports.some(({ protocol }) => protocol === 'TCP' || protocol === 'MONGO');
const target = fc.constantFrom<'same' | 'number' | 'name'>('same', 'number', 'name');
const directPort = fc.oneof(
  fc.record({ number: fc.constantFrom(80, 8080), protocol: fc.constantFrom('HTTP', 'http', 'HTTP2', 'GRPC'), clientsideTls: maybe(tls), target }),
  fc.record({ number: fc.constantFrom(443, 8443), protocol: fc.constantFrom('HTTPS', 'TLS'), target }),
  fc.record({ number: fc.constantFrom(5432, 27017), protocol: fc.constantFrom('TCP', 'MONGO'), target }),
);
const directPorts = fc.uniqueArray(directPort, { minLength: 1, maxLength: 3, selector: ({ number }) => number }).chain(ports =>
  fc.tuple(...ports.map(port => maybe(fc.constant(`p-${port.number}`)).map((name): Port => ({ ...port, name })))),
);

const references = fc.constantFrom(
  [{ name: 'egress-gw', namespace: 'istio-gateways' }], [{ name: 'egress-b', namespace: 'gateways-b' }], [{ name: 'mixed', namespace: 'gateways-c' }],
  [{ name: 'egress-gw', namespace: 'istio-gateways' }, { name: 'egress-b', namespace: 'gateways-b' }],
);
const routed = (port: fc.Arbitrary<Port>): fc.Arbitrary<Port> =>
  fc.tuple(port, references).map(([each, virtualGatewayRefs]) => ({ ...each, egressGatewayRoutes: { virtualGatewayRefs } }));
const readable = routed(
  fc.oneof(
    fc.record({ number: fc.constant(443), protocol: fc.constant('HTTPS'), clientsideTls: gatewayTls.filter(each => !('mode' in each && each.mode === 'DISABLE')), target }),
    fc.record({ number: fc.constantFrom(80, 8080), protocol: fc.constantFrom('HTTP', 'HTTP2', 'GRPC'), clientsideTls: maybe(gatewayTls), target }),
  ),
);
const sealed = routed(
  fc.oneof(
    fc.record({ number: fc.constant(9443), protocol: fc.constantFrom('HTTPS', 'TLS'), target }),
    fc.record({ number: fc.constant(5432), protocol: fc.constantFrom('TCP', 'MONGO'), clientsideTls: maybe(gatewayTls), target }),
  ),
);
// egress-gw alone has two mutual listeners: only there can a host have two ports.
const pair = fc.tuple(readable, sealed).map(ports =>
  ports.map((port): Port => ({ ...port, egressGatewayRoutes: { virtualGatewayRefs: [{ name: 'egress-gw', namespace: 'istio-gateways' }] } })),
);
const gatewayPorts = fc.oneof(readable.map(port => [port]), sealed.map(port => [port]), pair);

const localities = fc.constantFrom({ region: 'eu-west' }, { region: 'eu-west', zone: 'a' }, { region: 'us-east', zone: 'b', subZone: 'r1' });
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

interface Parts {
  readonly who: { readonly name: (i: number) => string; readonly namespace: string; readonly labels: object | undefined; readonly clients: readonly string[] | undefined };
  readonly ports: readonly Port[];
  readonly hosts?: readonly string[];
  readonly addresses?: readonly string[];
  readonly endpoints?: readonly { readonly address: (i: number, j: number) => string; locality?: object | undefined }[] | undefined;
  readonly subjectAltNames?: readonly string[] | undefined;
  readonly policies?: readonly object[];
}

function service(i: number, { who, ports, hosts, addresses, endpoints, subjectAltNames, policies = [] }: Parts): Service {
  const { namespace, labels } = who;
  const name = who.name(i);
  const dialled = ({ number, target: to = 'same' }: Port) => (endpoints === undefined || to === 'same' ? number : number + 1000);
  const targetOf = (port: Port) => (endpoints === undefined || port.target === 'same' ? undefined : port.target === 'name' ? { name: `t-${port.number}` } : { number: dialled(port) });
  const written = ports.map(({ target: _, ...port }) => clean({ ...port })).map((port, at) => clean({ ...port, targetPort: ports[at] && targetOf(ports[at]) }));
  const virtual = opaque(ports) && hosts !== undefined ? hosts.map((host, j) => [host, `240.240.${i}.${j + 1}`] as const) : [];
  return {
    id: `ExternalService/${namespace}/${name}`,
    virtualAddresses: Object.fromEntries(virtual),
    ...(who.clients !== undefined && { clients: who.clients }),
    documents: [
      {
        apiVersion: gloo,
        kind: 'ExternalService',
        metadata: clean({ name, namespace, labels }),
        spec: clean({ hosts, addresses, subjectAltNames, ports: written, selector: endpoints && { endpoints: `s${i}` } }),
      },
      ...(endpoints ?? []).map(({ address, locality }, j) => ({
        apiVersion: gloo,
        kind: 'ExternalEndpoint',
        metadata: { name: `s${i}-${j}`, namespace, labels: { endpoints: `s${i}`, n: `${j}` } },
        spec: clean({ address: address(i, j), locality, ports: ports.map(port => ({ name: `t-${port.number}`, number: dialled(port) })) }),
      })),
      ...policies.map((policy, j) => ({
        apiVersion: 'security.policy.gloo.solo.io/v2',
        kind: 'AccessPolicy',
        metadata: { name: `s${i}-${j}`, namespace },
        spec: { applyToDestinations: [{ kind: 'EXTERNAL_SERVICE', selector: { name }, port: { number: ports[0]?.number } }], ...policy },
      })),
    ],
  };
}

const names = maybe(fc.constantFrom(['san.example.net'], ['a.example.net', 'b.example.net']));
const direct: fc.Arbitrary<Recipe> = fc
  .record({ who: identity, ports: directPorts, hosts: spellings, endpoints: maybe(places), subjectAltNames: names })
  .map(({ hosts, ...parts }) => i => service(i, { ...parts, hosts: hostTexts('example', i, hosts) }));

const byAddress: fc.Arbitrary<Recipe> = fc
  .record({ who: identity, ports: directPorts, endpoints: maybe(places), range: fc.boolean() })
  .map(({ range, ...parts }) => i => {
    const open = range && parts.endpoints === undefined ? [`10.${i}.7.9/16`, `2001:db8:ffff:${i}::/64`] : [];
    return service(i, { ...parts, addresses: [`198.51.${i}.7`, `2001:DB8:AA:${i}:0::1`, ...open] });
  });

const socket: fc.Arbitrary<Recipe> = fc
  .record({ who: identity, port: directPort })
  .map(({ who, port }) => i => {
    const made = service(i, { who, ports: [{ ...port, target: 'same' }], hosts: [`sock${i}.local`], endpoints: [{ address: () => `unix:///run/s${i}.sock` }] });
    return { ...made, documents: made.documents.map(each => (each.kind === 'ExternalEndpoint' ? { ...each, spec: { address: `unix:///run/s${i}.sock` } } : each)) };
  });

const wildcard: fc.Arbitrary<Recipe> = fc
  .record({ who: identity, ports: directPorts.filter(ports => !opaque(ports)), endpoints: maybe(places) })
  .map(parts => i => service(i, { ...parts, hosts: [`*.W${i}.example`, `plain.w${i}.example`] }));

const client = fc.constantFrom<object>(
  { serviceAccountSelector: { name: 'billing', namespace: 'shop' } }, { serviceAccountSelector: { namespace: 'checkout' } }, { serviceAccountSelector: {} },
);
const rule = fc.record({ allowedClients: fc.array(client, { maxLength: 2 }), allowedIpBlocks: fc.constantFrom<string[]>([], ['10.0.0.0/8']), dryRun: fc.constant(false) });
const request = fc.constantFrom<object>({}, { allowedMethods: ['GET', 'HEAD'] }, { allowedPaths: ['/v1/*'], match: { request: { headers: { 'x-tenant': { values: ['a'] } } } } });
const policies = (http: boolean) =>
  fc.array(fc.tuple(rule, http ? request : fc.constant({})).map(([one, asked]) => ({ config: { authzList: [{ ...one, ...asked }] } })), { maxLength: 2 });

const throughGateway: fc.Arbitrary<Recipe> = gatewayPorts.chain(ports =>
  fc
    .record({
      who: identity, hosts: spellings, endpoints: maybe(places), subjectAltNames: names,
      policies: policies(['HTTP', 'HTTP2', 'GRPC'].includes(ports[0]?.protocol ?? '') || ports[0]?.number === 443),
    })
    .map(({ hosts, ...parts }): Recipe => i => service(i, { ...parts, ports, hosts: hostTexts('example', i, hosts) })),
);

const wildcardThroughGateway: fc.Arbitrary<Recipe> = fc
  .record({ who: identity, port: readable, endpoints: places, exact: fc.boolean(), policies: policies(true) })
  .map(({ port, exact, ...parts }) => i => service(i, { ...parts, ports: [port], hosts: [`*.g${i}.example`, ...(exact ? [`api.g${i}.example`] : [])] }));

const passthrough: fc.Arbitrary<Recipe> = fc
  .record({ who: identity, protocol: fc.constantFrom('HTTPS', 'TLS'), hosts: spellings, endpoints: maybe(places) })
  .map(({ protocol, hosts, ...parts }) => i => {
    const egressGatewayRoutes = { virtualGatewayRefs: [{ name: 'mixed', namespace: 'gateways-c' }] };
    return service(i, { ...parts, ports: [{ number: 443, protocol, egressGatewayRoutes }], hosts: hostTexts('test', i, hosts) });
  });

/** An external service of any sort that renders. */
export const recipe: fc.Arbitrary<Recipe> = fc.oneof(
  { weight: 3, arbitrary: direct }, { weight: 2, arbitrary: byAddress }, { weight: 1, arbitrary: socket }, { weight: 1, arbitrary: wildcard },
  { weight: 5, arbitrary: throughGateway }, { weight: 2, arbitrary: wildcardThroughGateway }, { weight: 1, arbitrary: passthrough },
);
