/** A ResourceList as kustomize hands it to a function, its items as kyaml prints them. */
export function list(items: readonly string[]): string {
  const body = items.map(item => `- ${item.trimEnd().replaceAll('\n', '\n  ')}\n`).join('');
  return `apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems:\n${body}`;
}

/** Objects that are none of ours, about 700 bytes each. */
export const foreign = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => {
    const name = `app-${index}`;
    return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: shop
  labels:
    app.kubernetes.io/name: ${name}
    app.kubernetes.io/part-of: shop
  annotations:
${annotations('apps', 'Deployment', name, index)}
spec:
  replicas: 2
  selector:
    matchLabels:
      app.kubernetes.io/name: ${name}
  template:
    metadata:
      labels:
        app.kubernetes.io/name: ${name}
    spec:
      containers:
      - name: main
        image: registry.example.com/shop/${name}:1.0
        ports:
        - containerPort: 8080
`;
  });

/** External services, each with a host of its own and as many endpoints as asked for. */
export const externalServices = (count: number, endpoints: number): string[] =>
  Array.from({ length: count }, (_, index) => [
    service(index, endpoints > 0),
    ...Array.from({ length: endpoints }, (_, place) => endpoint(index, place)),
  ]).flat();

const service = (index: number, withEndpoints: boolean): string => `apiVersion: networking.gloo.solo.io/v2
kind: ExternalService
metadata:
  name: partner-${index}
  namespace: shop
  labels:
    tier: partner
  annotations:
${annotations('networking.gloo.solo.io', 'ExternalService', `partner-${index}`, index)}
spec:
  hosts:
  - api.partner-${index}.example.com
${withEndpoints ? `  selector:\n    partner: p${index}\n` : ''}  ports:
  - name: http
    number: 80
    protocol: HTTP
    targetPort:
      number: 443
    clientsideTls:
      mode: SIMPLE
      sni: api.partner-${index}.example.com
`;

const endpoint = (index: number, place: number): string => `apiVersion: networking.gloo.solo.io/v2
kind: ExternalEndpoint
metadata:
  name: partner-${index}-${place}
  namespace: shop
  labels:
    partner: p${index}
  annotations:
${annotations('networking.gloo.solo.io', 'ExternalEndpoint', `partner-${index}-${place}`, index)}
spec:
  address: ${17 + place}.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}
  ports:
  - name: https
    number: 443
`;

/** What kustomize 5 writes on each item that it hands to a function. */
const annotations = (
  group: string,
  kind: string,
  name: string,
  index: number,
): string => `    config.kubernetes.io/index: '${index}'
    internal.config.kubernetes.io/index: '${index}'
    kustomize.config.k8s.io/id: |
      group: ${group}
      kind: ${kind}
      name: ${name}
      namespace: shop`;
