/** The platform: one gateway, and a namespace that sees every external service; `other` sees none of them. */
export const config = (count: number): string => `apiVersion: wayout.dev/v1alpha1
kind: EgressConfig
metadata:
  name: egress
spec:
  allowEmpty: true
  gateways:
  - namespace: istio-gateways
    name: egress
    service:
      namespace: istio-gateways
      name: egress
    selector:
      istio: egress
    ports:
    - name: https
      number: 443
      targetPort: 8443
  visibility:${many(count, index => `\n    partners/${name(index)}: [shop]`) || ' {}'}
`;

/** Who calls; the checker makes a sidecar for each. */
export const calls = `calls:
- {from: shop/checkout, get: 'http://elsewhere.example/', refused: any}
- {from: other/app, get: 'http://elsewhere.example/', refused: any}
`;

/** What a namespace writes that wants to see nothing but itself. */
export const sidecar = `apiVersion: networking.istio.io/v1
kind: Sidecar
metadata:
  name: default
  namespace: other
spec:
  egress:
  - hosts: [./*, istio-system/*]
`;

const name = (index: number): string => `partner-${index}`;
const host = (index: number): string => `api.partner-${index}.example`;
const many = (count: number, text: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => text(index)).join('');

const gatewayRoutes = `    egressGatewayRoutes:
      virtualGatewayRefs:
      - name: egress
        namespace: istio-gateways
`;

/** External services as wayout reads them: HTTP for the application, TLS to two endpoints, through the gateway or straight from the sidecar. */
export const declared = (count: number, through: 'gateway' | 'sidecar'): string =>
  many(
    count,
    index => `---
apiVersion: networking.gloo.solo.io/v2
kind: ExternalService
metadata:
  name: ${name(index)}
  namespace: partners
spec:
  hosts:
  - ${host(index)}
  selector:
    partner: p${index}
  ports:
  - name: https
    number: ${through === 'gateway' ? '443\n    protocol: HTTPS' : '80\n    protocol: HTTP\n    targetPort: {number: 443}'}
    clientsideTls: {}
${through === 'gateway' ? gatewayRoutes : ''}${endpoint(index, 10, 'eu-west/a')}${endpoint(index, 20, 'us-east/b')}`,
  );

const endpoint = (index: number, place: number, locality: string): string => `---
apiVersion: networking.gloo.solo.io/v2
kind: ExternalEndpoint
metadata:
  name: ${name(index)}-${place}
  namespace: partners
  labels:
    partner: p${index}
spec:
  address: 203.${place}.${index >> 8}.${index & 255}
  locality: {region: ${locality.slice(0, -2)}, zone: ${locality.slice(-1)}}
  ports:
  - name: https
    number: 443
`;

/** The same as somebody writes it by hand who knows Istio: one Gateway, one DestinationRule for the hop, and four objects for each host. */
export const byHand = (count: number): string => `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: egress, namespace: istio-gateways}
spec:
  selector: {istio: egress}
  servers:${many(
    count,
    index => `
  - port: {number: 443, name: ${name(index)}, protocol: HTTPS}
    hosts: [partners/${host(index)}]
    tls: {mode: ISTIO_MUTUAL}`,
  )}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: egress, namespace: istio-gateways}
spec:
  host: egress.istio-gateways.svc.cluster.local
  exportTo: ['*']
  subsets:${many(
    count,
    index => `
  - name: ${name(index)}
    trafficPolicy:
      portLevelSettings:
      - port: {number: 443}
        tls: {mode: ISTIO_MUTUAL, sni: ${host(index)}}`,
  )}
${many(count, byHandForHost)}`;

const byHandForHost = (index: number): string => `---
apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: {name: ${name(index)}, namespace: partners}
spec:
  hosts: [${host(index)}]
  exportTo: [istio-gateways, partners, shop]
  location: MESH_EXTERNAL
  resolution: STATIC
  ports:
  - {number: 80, name: http, protocol: HTTP, targetPort: 443}
  endpoints:
  - {address: 203.10.${index >> 8}.${index & 255}, locality: eu-west/a, ports: {http: 443}}
  - {address: 203.20.${index >> 8}.${index & 255}, locality: us-east/b, ports: {http: 443}}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: ${name(index)}, namespace: partners}
spec:
  hosts: [${host(index)}]
  exportTo: [istio-gateways, partners, shop]
  gateways: [mesh, istio-gateways/egress]
  http:
  - match: [{gateways: [mesh], port: 80}]
    route:
    - destination: {host: egress.istio-gateways.svc.cluster.local, subset: ${name(index)}, port: {number: 443}}
    retries: {attempts: 0}
  - match: [{gateways: [istio-gateways/egress], port: 443}]
    route:
    - destination: {host: ${host(index)}, port: {number: 80}}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: ${name(index)}, namespace: istio-gateways}
spec:
  host: ${host(index)}
  exportTo: [.]
  workloadSelector: {matchLabels: {istio: egress}}
  trafficPolicy:
    portLevelSettings:
    - port: {number: 80}
      tls: {mode: SIMPLE, sni: ${host(index)}, subjectAltNames: [${host(index)}], caCertificates: system}
      outlierDetection: {consecutive5xxErrors: 5, interval: 10s, baseEjectionTime: 30s, maxEjectionPercent: 100}
      loadBalancer: {simple: ROUND_ROBIN, localityLbSetting: {enabled: true}}
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: ${name(index)}, namespace: istio-gateways}
spec:
  selector: {matchLabels: {istio: egress}}
  action: ALLOW
  rules:
  - from: [{source: {namespaces: [partners, shop]}}]
    to: [{operation: {hosts: [${host(index)}, '${host(index)}:*']}}]
`;
