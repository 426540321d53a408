import fc from 'fast-check';
import type { Recipe } from '../../worlds/services.ts';

/** Two services with one virtual address, in namespaces that may or may not see each other. */
export const twins: readonly Recipe[] = ['shop', 'billing'].map((namespace, at) => () => ({
  id: `ExternalService/${namespace}/twin`,
  virtualAddresses: {},
  documents: [
    {
      apiVersion: 'networking.gloo.solo.io/v2',
      kind: 'ExternalService',
      metadata: { name: 'twin', namespace, labels: { team: 'a' } },
      spec: {
        addresses: ['198.60.0.1'],
        selector: { endpoints: `twin-${namespace}` },
        ports: [{ number: 80, protocol: 'HTTP' }],
      },
    },
    {
      apiVersion: 'networking.gloo.solo.io/v2',
      kind: 'ExternalEndpoint',
      metadata: { name: 'twin', namespace, labels: { endpoints: `twin-${namespace}` } },
      spec: { address: `203.9.0.${at + 1}`, ports: [{ name: 'http', number: 80 }] },
    },
  ],
}));

/** Services that say nothing of gateways and go through the default one, and one that brings it into the list. */
export const throughDefault: fc.Arbitrary<readonly Recipe[]> = fc
  .array(fc.constantFrom('HTTP', 'HTTPS', 'GRPC'), { minLength: 1, maxLength: 3 })
  .map(protocols => [
    ...protocols.map(
      (protocol): Recipe =>
        index =>
          plain(`d${index}`, [
            { number: 8080, protocol: protocol, ...(protocol === 'HTTPS' && { clientsideTls: {} }) },
          ]),
    ),
    () =>
      plain('anchor', [
        {
          number: 80,
          protocol: 'HTTP',
          egressGatewayRoutes: { virtualGatewayRefs: [{ namespace: 'istio-gateways', name: 'egress-gw' }] },
        },
      ]),
  ]);

/** A service of one host. */
const plain = (name: string, ports: readonly object[]) => ({
  id: `ExternalService/shop/${name}`,
  virtualAddresses: {},
  documents: [
    {
      apiVersion: 'networking.gloo.solo.io/v2',
      kind: 'ExternalService',
      metadata: { name, namespace: 'shop', labels: { team: 'a' } },
      spec: { hosts: [`${name}.default.example`], ports },
    },
  ],
});

/** Where mirrors lead. */
export const shadow: Recipe = () => ({
  id: 'ExternalService/zoo/shadow',
  virtualAddresses: {},
  clients: ['*'],
  documents: [
    {
      apiVersion: 'networking.gloo.solo.io/v2',
      kind: 'ExternalService',
      metadata: { name: 'shadow', namespace: 'zoo' },
      spec: { hosts: ['shadow.mirror.example'], ports: [{ number: 80, protocol: 'HTTP' }] },
    },
  ],
});
