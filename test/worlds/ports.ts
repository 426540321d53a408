import fc from 'fast-check';
import { maybe, type Port } from './services.ts';

const files = { clientCertificate: '/etc/c/tls.crt', privateKey: '/etc/c/tls.key' };
const tls = fc.constantFrom<object>(
  {},
  { mode: 'SIMPLE', sni: 'Sni.example.net' },
  { mode: 'MUTUAL', ...files },
  { mode: 'MUTUAL', ...files, caCertificates: '/etc/c/ca.crt' },
  { mode: 'ISTIO_MUTUAL' },
  { insecureSkipVerify: true },
  { mode: 'DISABLE' },
  { caCertificates: '/etc/c/ca.crt' },
);
const gatewayTls = fc.oneof(
  tls,
  fc.constantFrom<object>(
    { credentialName: 'pay-ca' },
    { mode: 'MUTUAL', credentialName: 'pay-cert', sni: 'pay.example.net' },
  ),
);

const target = fc.constantFrom<'same' | 'number' | 'name'>('same', 'number', 'name');
export const directPort = fc.oneof(
  fc.record({
    number: fc.constantFrom(80, 8080),
    protocol: fc.constantFrom('HTTP', 'http', 'HTTP2', 'GRPC'),
    clientsideTls: maybe(tls),
    target,
  }),
  fc.record({ number: fc.constantFrom(443, 8443), protocol: fc.constantFrom('HTTPS', 'TLS'), target }),
  fc.record({ number: fc.constantFrom(5432, 27017), protocol: fc.constantFrom('TCP', 'MONGO'), target }),
);
export const directPorts = fc
  .uniqueArray(directPort, { minLength: 1, maxLength: 3, selector: ({ number }) => number })
  .chain(ports =>
    fc.tuple(...ports.map(port => maybe(fc.constant(`p-${port.number}`)).map((name): Port => ({ ...port, name })))),
  );

const references = fc.constantFrom(
  [{ name: 'egress-gw', namespace: 'istio-gateways' }],
  [{ name: 'egress-b', namespace: 'gateways-b' }],
  [{ name: 'mixed', namespace: 'gateways-c' }],
  [
    { name: 'egress-gw', namespace: 'istio-gateways' },
    { name: 'egress-b', namespace: 'gateways-b' },
  ],
);
const routed = (port: fc.Arbitrary<Port>): fc.Arbitrary<Port> =>
  fc
    .tuple(port, references)
    .map(([each, virtualGatewayRefs]) => ({ ...each, egressGatewayRoutes: { virtualGatewayRefs } }));
export const readable = routed(
  fc.oneof(
    fc.record({
      number: fc.constant(443),
      protocol: fc.constant('HTTPS'),
      clientsideTls: gatewayTls.filter(each => !('mode' in each && each.mode === 'DISABLE')),
      target,
    }),
    fc.record({
      number: fc.constantFrom(80, 8080),
      protocol: fc.constantFrom('HTTP', 'HTTP2', 'GRPC'),
      clientsideTls: maybe(gatewayTls),
      target,
    }),
  ),
);
export const sealed = routed(
  fc.oneof(
    fc.record({ number: fc.constant(9443), protocol: fc.constantFrom('HTTPS', 'TLS'), target }),
    fc.record({
      number: fc.constant(5432),
      protocol: fc.constantFrom('TCP', 'MONGO'),
      clientsideTls: maybe(gatewayTls),
      target,
    }),
  ),
);
// egress-gw alone has two mutual listeners: only there can a host have two ports.
const pair = fc.tuple(readable, sealed).map(ports =>
  ports.map(
    (port): Port => ({
      ...port,
      egressGatewayRoutes: { virtualGatewayRefs: [{ name: 'egress-gw', namespace: 'istio-gateways' }] },
    }),
  ),
);
export const gatewayPorts = fc.oneof(
  readable.map(port => [port]),
  sealed.map(port => [port]),
  pair,
);
