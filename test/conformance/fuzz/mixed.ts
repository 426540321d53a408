import fc from 'fast-check';
import type { Recipe } from '../../worlds/services.ts';

/** Services with one port straight from the sidecar and one through a gateway, which clients dial at a port that the list chooses. */
export const mixed: fc.Arbitrary<Recipe> = fc
  .record({
    direct: fc.constantFrom(80, 8080, 8443),
    dialled: fc.constantFrom(undefined, 81, 8443),
    tls: fc.boolean(),
    namespace: fc.constantFrom('shop', 'istio-gateways'),
    directTls: fc.boolean(),
    clients: fc.constantFrom(undefined, ['checkout'], ['*']),
  })
  .filter(({ direct, dialled = 80 }) => direct !== dialled)
  .map(
    ({ direct, dialled, tls, clients, namespace, directTls }): Recipe =>
      index => ({
        id: `ExternalService/${namespace}/mixed${index}`,
        virtualAddresses: {},
        ...(clients !== undefined && { clients }),
        documents: [
          {
            apiVersion: 'networking.gloo.solo.io/v2',
            kind: 'ExternalService',
            metadata: { name: `mixed${index}`, namespace },
            spec: {
              hosts: [`m.s${index}.mixed.example`],
              ports: [
                {
                  name: 'direct',
                  number: direct,
                  protocol: direct === 8443 ? 'HTTPS' : 'HTTP',
                  ...(directTls && direct !== 8443 && { clientsideTls: {} }),
                },
                {
                  name: 'through',
                  number: tls ? 443 : 8081,
                  protocol: tls ? 'HTTPS' : 'HTTP',
                  ...(tls && { clientsideTls: {} }),
                  egressGatewayRoutes: {
                    ...(dialled !== undefined && { portMatch: dialled }),
                    virtualGatewayRefs: [{ name: 'egress-gw', namespace: 'istio-gateways' }],
                  },
                },
              ],
            },
          },
        ],
      }),
  );
