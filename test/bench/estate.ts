import { externalServices } from './lists.ts';
import { neighbours } from './neighbours.ts';

/**
 * A platform's whole list: services in many workspaces, half of them through one gateway; policies, a wildcard, a route table and what
 * others have for every tenth; and as many ranges of all lengths, one inside another.
 */
export function estate(count: number): string[] {
  const workspaces = Math.max(1, Math.floor(count / 20));
  const namespaceOf = (index: number): string => `team-${index % workspaces}-apps`;
  const policies = Array.from({ length: Math.floor(count / 5) }, (_, index) =>
    policy(index * 5, namespaceOf(index * 5)),
  );
  return [
    ...gateway.split('---\n'),
    ...Array.from({ length: workspaces }, (_, index) => [workspace(index), namespace(index)]).flat(),
    ...externalServices(count, 3).map((text, place) => {
      const index = Math.floor(place / 4);
      const moved = text.replaceAll('namespace: shop', `namespace: ${namespaceOf(index)}`);
      return index % 2 === 0 ? moved.replace('    clientsideTls:', `${route}    clientsideTls:`) : moved;
    }),
    ...policies,
    ...Array.from({ length: Math.floor(count / 10) }, (_, index) => [
      routeTable(index * 10, namespaceOf(index * 10)),
      accessPolicy(index * 10, namespaceOf(index * 10)),
      outlierPolicy(index * 10, namespaceOf(index * 10)),
      wildcard(index * 10, namespaceOf(index * 10)),
      ...neighbours(index, `catalogue-${index * 10}`, namespaceOf(index * 10)),
    ]).flat(),
    ...Array.from({ length: workspaces }, (_, index) => policyForAll(index)),
    ...Array.from({ length: count }, (_, index) => range(index, namespaceOf(index))),
  ];
}

const route = `    egressGatewayRoutes:
      portMatch: 8080
      virtualGatewayRefs:
      - name: egress
        namespace: istio-gateways
`;

const gateway = `apiVersion: networking.gloo.solo.io/v2
kind: VirtualGateway
metadata:
  name: egress
  namespace: istio-gateways
spec:
  workloads:
  - selector:
      labels:
        istio: egress
  listeners:
  - port:
      number: 443
    tls:
      mode: ISTIO_MUTUAL
---
apiVersion: v1
kind: Service
metadata:
  name: egress
  namespace: istio-gateways
spec:
  selector:
    istio: egress
  ports:
  - name: https
    port: 443
    targetPort: 8443
`;

const workspace = (index: number): string => `apiVersion: admin.gloo.solo.io/v2
kind: Workspace
metadata:
  name: team-${index}
  namespace: gloo-mesh
spec:
  workloadClusters:
  - name: '*'
    namespaces:
    - name: team-${index}-*
`;

const namespace = (index: number): string => `apiVersion: v1
kind: Namespace
metadata:
  name: team-${index}-apps
`;

const policy = (index: number, namespace: string): string => `apiVersion: resilience.policy.gloo.solo.io/v2
kind: RetryTimeoutPolicy
metadata:
  name: partner-${index}
  namespace: ${namespace}
spec:
  applyToRoutes:
  - withDestinations:
      kind: EXTERNAL_SERVICE
      selector:
        name: partner-${index}
  config:
    requestTimeout: 5s
`;

const policyForAll = (workspace: number): string => `apiVersion: resilience.policy.gloo.solo.io/v2
kind: ConnectionPolicy
metadata:
  name: all
  namespace: team-${workspace}-apps
spec:
  applyToDestinations:
  - kind: EXTERNAL_SERVICE
    selector: {}
  config:
    tcp:
      maxConnections: 100
`;

const accessPolicy = (index: number, namespace: string): string => `apiVersion: security.policy.gloo.solo.io/v2
kind: AccessPolicy
metadata:
  name: partner-${index}
  namespace: ${namespace}
spec:
  applyToDestinations:
  - kind: EXTERNAL_SERVICE
    selector:
      name: partner-${index}
  config:
    authz:
      allowedClients:
      - serviceAccountSelector:
          name: checkout
      allowedMethods:
      - GET
`;

const routeTable = (index: number, namespace: string): string => `apiVersion: networking.gloo.solo.io/v2
kind: RouteTable
metadata:
  name: partner-${index}
  namespace: ${namespace}
spec:
  hosts:
  - partner-${index}.shop.example.com
  http:
  - name: all
    forwardTo:
      destinations:
      - kind: EXTERNAL_SERVICE
        ref:
          name: partner-${index}
          namespace: ${namespace}
        port:
          number: 80
        weight: 75
      - kind: SERVICE
        ref:
          name: catalogue-${index}
          namespace: ${namespace}
        subset:
          version: v1
        port:
          name: http
        weight: 25
`;

/** A wildcard through the gateway, to the endpoints of a service. */
const wildcard = (index: number, namespace: string): string => `apiVersion: networking.gloo.solo.io/v2
kind: ExternalService
metadata:
  name: wild-${index}
  namespace: ${namespace}
spec:
  hosts:
  - '*.wild-${index}.example.com'
  selector:
    partner: p${index}
  ports:
  - name: https
    number: 443
    protocol: HTTPS
${route}`;

const outlierPolicy = (index: number, namespace: string): string => `apiVersion: resilience.policy.gloo.solo.io/v2
kind: OutlierDetectionPolicy
metadata:
  name: partner-${index}
  namespace: ${namespace}
spec:
  applyToDestinations:
  - kind: EXTERNAL_SERVICE
    selector:
      name: partner-${index}
  config:
    consecutiveErrors: 5
`;

/** Ranges of many lengths: one of sixteen holds the next fifteen. */
const range = (index: number, namespace: string): string => `apiVersion: networking.gloo.solo.io/v2
kind: ExternalService
metadata:
  name: range-${index}
  namespace: ${namespace}
spec:
  addresses:
  - 130.${index >> 8}.${index & 255}.0/${index % 256 === 0 ? 16 : index % 16 === 0 ? 20 : 24 + (index % 8)}
  ports:
  - name: tcp
    number: ${10_000 + (index % 20_000)}
    protocol: TCP
`;
