import fc from 'fast-check';

/** Objects of other people, in the ways people write: comments, flow style, JSON, block texts, odd spacing, words that look like ours. */
const texts = (n: number): readonly string[] => [
  `# kept with its comment\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings-${n},   namespace: shop}\ndata:\n  a:   "1"   # and this one\n`,
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n    name: script-${n}\ndata:\n    run.sh: |\n        #!/bin/sh\n        # kind: ExternalService\n        echo 'é ☃'\n\n`,
  `{"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "s-${n}"}, "data": {"k": "dg=="}}\n`,
  `kind: Deployment\napiVersion: apps/v1\nmetadata:\n  name: web-${n}\n  labels: &l {app: web-${n}}\nspec:\n  selector: {matchLabels: *l}\n`,
  `apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: sa-${n}, namespace: shop, labels: {team: 'on'}}\n`,
  `apiVersion: networking.istio.io/v1\nkind: ServiceEntry\nmetadata: {name: theirs-${n}, namespace: other}\nspec:\n  hosts: [their-${n}.example.org]\n  ports: [{number: 0443, name: tls, protocol: TLS}]\n`,
  `apiVersion: networking.istio.io/v1beta1\nkind: VirtualService\nmetadata:\n  name: theirs-${n}\nspec: {hosts: [theirs-${n}.shop.svc.cluster.local], http: [{route: [{destination: {host: theirs}}]}]}\n`,
  `apiVersion: networking.gloo.solo.io/v2\nkind: RouteTable\nmetadata: {name: routes-${n}, namespace: shop}\nspec: {hosts: [www-${n}.example], http: []}\n`,
  `apiVersion: networking.gloo.solo.io/v2\nkind: VirtualGateway\nmetadata: {name: ingress-${n}, namespace: istio-ingress}\nspec:\n  listeners: [{port: {number: 80}, http: {}}]  # not used for egress\n`,
  `apiVersion: security.policy.gloo.solo.io/v2\nkind: AccessPolicy\nmetadata: {name: inner-${n}, namespace: backend}\nspec:\n  applyToDestinations: [{kind: SERVICE, selector: {labels: {app: x}}}]\n  config: {authz: {allowedClients: []}}\n`,
  `apiVersion: example.org/v1\nkind: ExternalService\nmetadata: {name: other-group-${n}}\nspec: {hosts: [not-ours.example]}\n`,
];

/** Objects that are not ours, distinct in name; as text, since they must leave as they came. */
export const foreign: fc.Arbitrary<readonly string[]> = fc
  .uniqueArray(fc.integer({ min: 0, max: texts(0).length * 2 - 1 }), { maxLength: 8 })
  .map(picks => picks.map(pick => texts(pick)[pick % texts(0).length] ?? ''));
