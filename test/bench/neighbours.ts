/** What others have beside our objects, of every kind that rules look at: the Service and subsets that a table divides its calls with, and objects of strangers. */
export const neighbours = (index: number, name: string, namespace: string): readonly string[] => [
  catalogue(name, namespace),
  subsets(name, namespace),
  allowPolicy(index),
  virtualService(index, namespace),
  serviceEntry(index, namespace),
  sidecar(index),
  networkPolicy(index),
];

/** The Service that a table divides its calls with, and its pods by version. */
const catalogue = (name: string, namespace: string): string => `apiVersion: v1
kind: Service
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  selector:
    app: catalogue
  ports:
  - name: http
    port: 8000
`;

const subsets = (name: string, namespace: string): string => `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: ${name}
  namespace: ${namespace}
spec:
  host: ${name}
  subsets:
  - name: first
    labels:
      version: v1
`;

/** Somebody's own rule at the same gateway. */
const allowPolicy = (index: number): string => `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata:
  name: others-${index}
  namespace: istio-gateways
spec:
  selector:
    matchLabels:
      istio: egress
  rules:
  - to:
    - operation:
        hosts:
        - api.others-${index}.example.com
        - '*.more-${index}.example.com'
`;

const virtualService = (index: number, namespace: string): string => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: stranger-${index}
  namespace: ${namespace}
spec:
  hosts:
  - stranger-${index}.example.com
  http:
  - route:
    - destination:
        host: stranger-${index}.example.com
`;

const serviceEntry = (index: number, namespace: string): string => `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: stranger-${index}
  namespace: ${namespace}
spec:
  hosts:
  - stranger-${index}.example.com
  addresses:
  - 10.9.${index >> 8}.${index & 255}
  ports:
  - number: 443
    name: tls
    protocol: TLS
`;

const sidecar = (index: number): string => `apiVersion: networking.istio.io/v1
kind: Sidecar
metadata:
  name: stranger
  namespace: stranger-${index}
spec:
  egress:
  - hosts:
    - ./*
`;

const networkPolicy = (index: number): string => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: stranger
  namespace: stranger-${index}
spec:
  podSelector: {}
  policyTypes:
  - Egress
`;
