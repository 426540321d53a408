import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Report } from '../src/diagnostics/report.ts';
import { kinds } from '../src/kinds/index.ts';
import { otherKinds } from '../src/kinds/other-kinds.ts';
import { OpenedList } from '../src/opened-list.ts';
import { knownKinds } from '../src/recognition/known-kinds.ts';
import { plainType } from '../src/recognition/plain-type.ts';
import { recognize } from '../src/recognition/recognize.ts';
import { typeVerdict } from '../src/recognition/type-verdict.ts';
import { isNear } from '../src/spelling.ts';
import { splitDocuments } from '../src/yaml/split.ts';

const gloo = 'networking.gloo.solo.io/v2';
const rest = 'metadata: {name: pay, namespace: shop}\nspec: {hosts: [a.example.com]}\n';

/** What the only document of a text is: its verdict, or the code of the near miss. */
function verdictOf(text: string): string {
  const [slice] = splitDocuments(text, new Report());
  assert.ok(slice);
  const { verdict } = recognize(slice);
  return typeof verdict === 'string' ? verdict : verdict.code;
}

const spellings: readonly { readonly shows: string; readonly text: string; readonly is: string }[] = [
  { shows: 'plain', text: `apiVersion: ${gloo}\nkind: ExternalService\n${rest}`, is: 'input' },
  { shows: 'a folded scalar', text: `apiVersion: ${gloo}\nkind: >-\n  ExternalService\n${rest}`, is: 'input' },
  { shows: 'a literal scalar', text: `apiVersion: |-\n  ${gloo}\nkind: ExternalService\n${rest}`, is: 'input' },
  { shows: 'the value on the next line', text: `apiVersion: ${gloo}\nkind:\n  ExternalService\n${rest}`, is: 'input' },
  {
    shows: 'an escape',
    text: `apiVersion: "networking.gl\\u006fo.solo.io/v2"\nkind: ExternalService\n${rest}`,
    is: 'input',
  },
  {
    shows: 'an escaped slash',
    text: `{"apiVersion": "networking.gloo.solo.io\\/v2", "kind": "ExternalService"}`,
    is: 'input',
  },
  {
    shows: 'a line that goes on in quotes',
    text: `apiVersion: "networking.gloo.\\\n  solo.io/v2"\nkind: ExternalService\n${rest}`,
    is: 'input',
  },
  { shows: 'escaped keys', text: `"api\\x56ersion": ${gloo}\n"\\x6bind": ExternalService\n${rest}`, is: 'input' },
  { shows: 'a tag', text: `apiVersion: !!str ${gloo}\nkind: !!str ExternalService\n${rest}`, is: 'input' },
  {
    shows: 'a tag in full',
    text: `apiVersion: ${gloo}\nkind: !<tag:yaml.org,2002:str> ExternalService\n${rest}`,
    is: 'input',
  },
  {
    shows: 'base64, which Go decodes',
    text: `apiVersion: ${gloo}\nkind: !!binary RXh0ZXJuYWxTZXJ2aWNl\n${rest}`,
    is: 'input',
  },
  {
    shows: 'base64 in an escaped tag',
    text: `apiVersion: !<tag:yaml.org,2002:bin%61ry> bmV0d29ya2luZy5nbG9vLnNvbG8uaW8vdjI=\nkind: ExternalService\n${rest}`,
    is: 'WO1225',
  },
  { shows: 'a tag of somebody', text: `apiVersion: ${gloo}\nkind: !x ExternalService\n${rest}`, is: 'input' },
  {
    shows: 'anchors and aliases',
    text: `x: &g ${gloo}\ny: &k ExternalService\napiVersion: *g\nkind: *k\n${rest}`,
    is: 'input',
  },
  { shows: 'an alias as a key', text: `x: &k kind\napiVersion: ${gloo}\n*k : ExternalService\n${rest}`, is: 'input' },
  { shows: 'a merge', text: `x: &x {apiVersion: ${gloo}, kind: ExternalService}\n<<: *x\n${rest}`, is: 'input' },
  { shows: 'a merge in place', text: `<<: {apiVersion: ${gloo}, kind: ExternalService}\n${rest}`, is: 'input' },
  {
    shows: 'a merge with its key in quotes, which kustomize takes for one',
    text: `"<<": {apiVersion: ${gloo}, kind: ExternalService}\n${rest}`,
    is: 'unsure',
  },
  { shows: 'explicit keys', text: `? apiVersion\n: ${gloo}\n? kind\n: ExternalService\n${rest}`, is: 'input' },
  { shows: 'a flow mapping', text: `{apiVersion: ${gloo}, kind: ExternalService, metadata: {name: pay}}`, is: 'input' },
  {
    shows: 'an anchor on the document',
    text: `--- &all\napiVersion: ${gloo}\nkind: ExternalService\n${rest}`,
    is: 'input',
  },
  {
    shows: 'a tag on the document',
    text: `--- !!map\nkind: ExternalService\napiVersion: ${gloo}\n${rest}`,
    is: 'input',
  },
  {
    shows: 'a comment between',
    text: `apiVersion: # group\n  ${gloo}\nkind: # kind\n\n  ExternalService\n${rest}`,
    is: 'input',
  },
  { shows: 'Windows line ends', text: `apiVersion: ${gloo}\r\nkind: "ExternalService"\r\n`, is: 'input' },
  { shows: 'a column of its own', text: `  apiVersion: ${gloo}\n  kind: ExternalService\n`, is: 'input' },
  { shows: 'tabs and spaces behind', text: `apiVersion:\t${gloo}  \nkind:   ExternalService\t\n${rest}`, is: 'input' },
  {
    shows: 'a key that stands twice',
    text: `apiVersion: v1\nkind: ConfigMap\n${rest}kind: ExternalService\napiVersion: ${gloo}\n`,
    is: 'unsure',
  },
  {
    shows: 'a key that stands twice, the first one hidden',
    text: `apiVersion: ${gloo}\nkind: ExternalService\n${rest}kind: ConfigMap\napiVersion: v1\n`,
    is: 'unsure',
  },
  {
    shows: 'JSON with a key that stands twice',
    text: `{"apiVersion": "v1", "kind": "ConfigMap", "kind": "ExternalService", "apiVersion": "${gloo}"}`,
    is: 'unsure',
  },
  {
    shows: 'a line end of YAML 1.1 in a comment',
    text: `# \u2028apiVersion: ${gloo}\u2028kind: ExternalService\u2028x:\n  y: 1\n`,
    is: 'unsure',
  },
  {
    shows: 'a line end of YAML 1.1 behind a value',
    text: `apiVersion: ${gloo}\nkind: ExternalService\u2028x: "\n "\n`,
    is: 'unsure',
  },
  { shows: 'lone returns', text: `apiVersion: ${gloo}\rkind: ExternalService\rmetadata: {name: pay}\r`, is: 'unsure' },
  {
    shows: 'a line end of YAML 1.1 in a value',
    text: `apiVersion: ${gloo}\nkind: ExternalService\nmetadata: {name: pay, annotations: {a: "b\u0085 c"}}\n`,
    is: 'unsure',
  },
  { shows: 'text that nobody can read', text: `apiVersion: ${gloo}\nkind: ExternalService\n"spec: {{\n`, is: 'unsure' },
  {
    shows: 'text that nobody can read, without its type',
    text: `{{- if .Values.pay }}\nkind: ExternalService\n`,
    is: 'unsure',
  },
];

for (const { shows, text, is } of spellings)
  test(`an external service by its value: ${shows}`, () => assert.equal(verdictOf(text), is));

const ofOthers: readonly { readonly shows: string; readonly text: string }[] = [
  { shows: 'an ExternalService of Kuma', text: `apiVersion: kuma.io/v1alpha1\nkind: ExternalService\n${rest}` },
  { shows: 'an ExternalService of Kube-OVN', text: `kind: 'ExternalService'\napiVersion: kubeovn.io/v1\n${rest}` },
  { shows: 'a RouteTable of Crossplane', text: `apiVersion: ec2.aws.crossplane.io/v1beta1\nkind: RouteTable\n${rest}` },
  { shows: 'a VirtualGateway of App Mesh', text: `apiVersion: appmesh.k8s.aws/v1beta2\nkind: VirtualGateway\n${rest}` },
  { shows: 'a Workspace of KAITO', text: `apiVersion: kaito.sh/v1beta1\nkind: Workspace\n${rest}` },
  { shows: 'a Policy of a group alike', text: `apiVersion: layouts.dev/v1\nkind: Policy\n${rest}` },
  { shows: 'an object of Gloo Edge', text: `apiVersion: gateway.solo.io/v1\nkind: RouteTable\n${rest}` },
  { shows: 'a kind one letter from ours', text: `apiVersion: example.com/v1\nkind: ExternalServices\n${rest}` },
  {
    shows: 'a Kubernetes kind with our group in a text',
    text: `apiVersion: v1\nkind: ConfigMap\ndata:\n  a: "kind: ExternalService of ${gloo}"\n`,
  },
  {
    shows: 'a ConfigMap with a document of ours in it',
    text: `apiVersion: v1\nkind: ConfigMap\ndata:\n  a: |\n    apiVersion: ${gloo}\n    kind: ExternalService\n`,
  },
  {
    shows: 'an object with one of ours inside',
    text: `apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nspec:\n  template:\n    apiVersion: ${gloo}\n    kind: ExternalService\n`,
  },
  { shows: 'values of Helm', text: 'kind: service\nimage: nginx\nitems: [a, b]\n' },
  { shows: 'a key that stands twice', text: `kind: ConfigMap\napiVersion: v1\ndata: {a: 1}\ndata: {b: 2}\n` },
  { shows: 'a tag of somebody', text: `apiVersion: v1\nkind: ConfigMap\ndata: !vault\n  a: !secret b\n` },
  { shows: 'a line end of YAML 1.1', text: `apiVersion: v1\nkind: ConfigMap\ndata:\n  js: |\n    a\u2028b\n` },
  { shows: 'text that nobody can read', text: '{{- if .Values.web }}\napiVersion: apps/v1\nkind: Deployment\n' },
  { shows: 'a merge of what is no mapping', text: `kind: "ConfigMap"\napiVersion: v1\ndata:\n  <<: text\n` },
];

for (const { shows, text } of ofOthers)
  test(`an object that wayout does not manage: ${shows}`, () => assert.equal(verdictOf(text), 'foreign'));

const nearMisses: readonly { readonly shows: string; readonly text: string; readonly code: string }[] = [
  { shows: 'no apiVersion', text: `kind: AccessPolicy\n${rest}`, code: 'WO1224' },
  { shows: 'a misspelled apiVersion', text: `apiversion: ${gloo}\nkind: ExternalService\n${rest}`, code: 'WO1224' },
  {
    shows: 'a misspelled apiVersion of a kind of Gloo that no table names',
    text: `apiVersoin: ${gloo}\nkind: Portal\n${rest}`,
    code: 'WO1224',
  },
  { shows: 'an apiVersion that is a number', text: `apiVersion: 2\nkind: WorkspaceSettings\n${rest}`, code: 'WO1224' },
  { shows: 'an apiVersion that is empty', text: `apiVersion: ""\nkind: EgressConfig\n${rest}`, code: 'WO1224' },
  { shows: 'a null', text: `apiVersion:\nkind: JWTPolicy\n${rest}`, code: 'WO1224' },
  {
    shows: 'neither spelled as it should be',
    text: `APIVersion: ${gloo}\nKind: ExternalService\n${rest}`,
    code: 'WO1224',
  },
  { shows: 'no kind', text: `apiVersion: security.policy.gloo.solo.io/v2\n${rest}`, code: 'WO1218' },
  {
    shows: 'a misspelled kind key',
    text: `apiVersion: security.policy.gloo.solo.io/v2\nKind: AccessPolicy\n${rest}`,
    code: 'WO1218',
  },
  {
    shows: 'a group one letter away',
    text: `apiVersion: networking.gloo.sol.io/v2\nkind: ExternalService\n${rest}`,
    code: 'WO1225',
  },
  {
    shows: 'a group two letters away, in capitals',
    text: `apiVersion: Networking.Gloo.solo.i/v2\nkind: RouteTable\n${rest}`,
    code: 'WO1225',
  },
  {
    shows: 'a group of wayout two letters away',
    text: `apiVersion: wayouts.dev/v1alpha1\nkind: EgressConfig\n${rest}`,
    code: 'WO1225',
  },
  { shows: 'no version', text: `apiVersion: networking.gloo.solo.io\nkind: ExternalService\n${rest}`, code: 'WO1225' },
  { shows: 'the core group', text: `apiVersion: v2\nkind: ExternalEndpoint\n${rest}`, code: 'WO1225' },
  {
    shows: 'a group of Kubernetes',
    text: `apiVersion: networking.k8s.io/v1\nkind: ExternalService\n${rest}`,
    code: 'WO1225',
  },
  {
    shows: 'a group of Istio',
    text: `apiVersion: networking.istio.io/v1\nkind: ExternalService\n${rest}`,
    code: 'WO1225',
  },
  { shows: 'another group of Gloo', text: `apiVersion: ${gloo}\nkind: AccessPolicy\n${rest}`, code: 'WO1225' },
  {
    shows: 'a group that Gloo does not have',
    text: `apiVersion: policy.gloo.solo.io/v2\nkind: WAFPolicy\n${rest}`,
    code: 'WO1225',
  },
  { shows: 'a kind in the plural', text: `apiVersion: ${gloo}\nkind: ExternalServices\n${rest}`, code: 'WO1226' },
  { shows: 'a kind in small letters', text: `apiVersion: ${gloo}\nkind: externalservice\n${rest}`, code: 'WO1226' },
  {
    shows: 'a kind two letters away',
    text: `apiVersion: security.policy.gloo.solo.io/v2\nkind: AcessPolcy\n${rest}`,
    code: 'WO1226',
  },
  {
    shows: 'a kind and a group two letters away',
    text: `apiVersion: networking.gloo.sol.io/v2\nkind: ExternalServices\n${rest}`,
    code: 'WO1225',
  },
  { shows: 'another kind of wayout', text: `apiVersion: wayout.dev/v1alpha1\nkind: Config\n${rest}`, code: 'WO1226' },
];

for (const { shows, text, code } of nearMisses)
  test(`a near miss: ${shows}`, () => assert.equal(verdictOf(text), code));

test('a near miss is one in quotes too, in flow style and in JSON', () => {
  for (const { shows, text, code } of nearMisses) {
    const [slice] = splitDocuments(text, new Report());
    assert.ok(slice);
    const quoted = text.replace(/^(\w+): (\S+)$/gm, (line, key, value) =>
      /^\d|^""$/.test(value) ? line : `"${key}": '${value}'`,
    );
    assert.equal(verdictOf(quoted), code, shows);
  }
});

const service = `apiVersion: ${gloo}\nkind: ExternalService\nmetadata: {name: pay}\n`;
const item = `- ${service.trimEnd().replaceAll('\n', '\n  ')}\n`;
const inner = (text: string): string => text.replace(/^(?=.)/gm, '  ');

const lists: readonly { readonly shows: string; readonly text: string; readonly items: readonly string[] | string }[] =
  [
    {
      shows: 'a List',
      text: `apiVersion: v1\nkind: List\nitems:\n# note\n${item}- b: 2\n`,
      items: [`# note\n${item}`, '- b: 2\n'],
    },
    {
      shows: 'a list of some kind',
      text: `apiVersion: ${gloo}\nkind: ExternalServiceList\nitems:\n${item}`,
      items: 'input',
    },
    {
      shows: 'a list of a foreign kind',
      text: `apiVersion: example.com/v1\nkind: ThingList\nitems:\n${item}`,
      items: [item],
    },
    {
      shows: 'a ResourceList in a file',
      text: `apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems:\n${item}`,
      items: [item],
    },
    { shows: 'quoted kind and key', text: `"kind": "List"\n'items':\n${item}`, items: [item] },
    { shows: 'an escaped kind', text: `kind: "L\\x69st"\nitems:\n${item}`, items: [item] },
    { shows: 'a folded kind', text: `kind: >-\n  List\nitems:\n${item}`, items: [item] },
    { shows: 'items at an anchor', text: `kind: List\nitems: &all\n${item}`, items: [item] },
    {
      shows: 'a list in flow style',
      text: `{kind: List, items: [{apiVersion: ${gloo}, kind: ExternalService}, {b: 2}]}`,
      items: [`{apiVersion: ${gloo}, kind: ExternalService}`, '{b: 2}'],
    },
    {
      shows: 'JSON',
      text: `{"kind": "List", "items": [{"apiVersion": "wayout.dev/v1alpha1", "kind": "EgressConfig"}, {"b": 2}]}`,
      items: ['{"apiVersion": "wayout.dev/v1alpha1", "kind": "EgressConfig"}', '{"b": 2}'],
    },
    {
      shows: 'a list in a list',
      text: `kind: List\nitems:\n- kind: List\n  items:\n${inner(item)}- b: 2\n`,
      items: [inner(item), '- b: 2\n'],
    },
    {
      shows: 'a list in JSON in a list',
      text: `kind: List\nitems:\n- {"kind": "BList", "items": [{"apiVersion": "${gloo}", "kind": "RouteTable"}]}\n`,
      items: [`{"apiVersion": "${gloo}", "kind": "RouteTable"}`],
    },
    {
      shows: 'an alias of another item',
      text: `kind: List\nitems:\n- &x {apiVersion: ${gloo}, kind: ExternalService}\n- *x\n`,
      items: [
        `- &x {apiVersion: ${gloo}, kind: ExternalService}\n`,
        `- {apiVersion: ${gloo}, kind: ExternalService}\n`,
      ],
    },
    {
      shows: 'an object of an earlier render',
      text: 'kind: List\nitems:\n- {apiVersion: v1, kind: A, metadata: {name: a, labels: {app.kubernetes.io/managed-by: wayout}, annotations: {wayout.dev/source: b}}}\n',
      items: [
        '- {apiVersion: v1, kind: A, metadata: {name: a, labels: {app.kubernetes.io/managed-by: wayout}, annotations: {wayout.dev/source: b}}}\n',
      ],
    },
    {
      shows: 'one without inputs stays whole',
      text: 'kind: List\nitems:\n- a: 1\n- b: 2\n',
      items: ['kind: List\nitems:\n- a: 1\n- b: 2\n'],
    },
    {
      shows: 'one of objects of other projects stays whole',
      text: 'kind: List\nitems:\n- {apiVersion: kuma.io/v1alpha1, kind: ExternalService}\n',
      items: ['kind: List\nitems:\n- {apiVersion: kuma.io/v1alpha1, kind: ExternalService}\n'],
    },
    {
      shows: 'a List in a field is none',
      text: 'apiVersion: v1\nkind: A\nspec: {kind: List}\n',
      items: ['apiVersion: v1\nkind: A\nspec: {kind: List}\n'],
    },
    { shows: 'items in capitals', text: `kind: List\nItems:\n${item}`, items: 'WO1227' },
    { shows: 'misspelled items', text: `apiVersion: v1\nkind: List\nitmes:\n${item}`, items: 'WO1227' },
    {
      shows: 'items of a kind that is no list',
      text: `apiVersion: example.com/v1\nkind: Bundle\nitems:\n${item}`,
      items: 'WO1227',
    },
    { shows: 'items of a misspelled List', text: `apiVersion: v1\nkind: Lists\nitems:\n${item}`, items: 'WO1227' },
    { shows: 'items without a kind', text: `items:\n${item}`, items: 'WO1227' },
    {
      shows: 'items that are a mapping',
      text: `apiVersion: v1\nkind: List\nitems:\n${inner(service)}`,
      items: 'WO1227',
    },
    {
      shows: 'a functionConfig that nobody reads',
      text: `apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems: []\nfunctionConfig:\n${inner(service)}`,
      items: 'WO1227',
    },
    { shows: 'a document that is a list', text: item, items: 'WO1227' },
    {
      shows: 'a near miss in a list',
      text: `kind: List\nitems:\n- {kind: AccessPolicy, metadata: {name: a}}\n`,
      items: 'WO1224',
    },
    {
      shows: 'a list that cannot be read',
      text: `apiVersion: v1\nkind: List\nitems:\n${item}  a: [\n`,
      items: 'WO1003',
    },
  ];

for (const { shows, text, items } of lists) {
  test(`a list: ${shows}`, () => {
    const report = new Report();
    const list = new OpenedList(splitDocuments(text, report), report);
    list.ours();
    const found = report.diagnostics.map(({ code }) => code);
    if (items === 'input') return;
    if (typeof items === 'string')
      assert.ok(
        found.some(code => code === items),
        `${items}, not ${found}`,
      );
    else {
      assert.deepEqual(
        list.slices.map(slice => slice.text),
        items,
      );
      assert.deepEqual(
        found.filter(code => code !== 'WO1215'),
        [],
      );
    }
  });
}

const plainly: readonly { readonly shows: string; readonly text: string; readonly type: string | undefined }[] = [
  { shows: 'two keys', text: 'apiVersion: v1\nkind: Service\n', type: 'v1 Service' },
  {
    shows: 'the other way round, with comments',
    text: '# a\nkind: Service\nmetadata:\n  name: a\n# b\napiVersion: v1\n',
    type: 'v1 Service',
  },
  {
    shows: 'lists in the column of their key',
    text: 'apiVersion: v1\nkind: A\nrules:\n- a\n-\n  b: 1\n',
    type: 'v1 A',
  },
  { shows: 'a value that goes on', text: 'apiVersion: v1\nkind: Service\n  more\nmetadata: {}\n', type: undefined },
  {
    shows: 'a value that goes on behind a blank line',
    text: 'apiVersion: v1\nkind: Service\n\n  more\n',
    type: undefined,
  },
  { shows: 'a comment behind', text: 'apiVersion: v1\nkind: Service # a\nmetadata: {}\n', type: undefined },
  { shows: 'a key that stands twice', text: 'apiVersion: v1\nkind: Service\nmetadata: {}\nkind: B\n', type: undefined },
  { shows: 'a key in capitals', text: 'apiVersion: v1\nkind: Service\nKIND: B\n', type: undefined },
  { shows: 'a quoted key', text: 'apiVersion: v1\nkind: Service\n"kind": B\n', type: undefined },
  { shows: 'a key with a space behind', text: 'apiVersion: v1\nkind: Service\nkind : B\n', type: undefined },
  { shows: 'an explicit key', text: 'apiVersion: v1\nkind: Service\n? kind\n: B\n', type: undefined },
  { shows: 'a merge', text: 'apiVersion: v1\nkind: Service\n<<: {kind: B}\n', type: undefined },
  { shows: 'items', text: 'apiVersion: v1\nkind: Service\nitems: []\n', type: undefined },
  { shows: 'a List', text: 'apiVersion: v1\nkind: ServiceList\n', type: undefined },
  {
    shows: 'a line of a quoted value in its column',
    text: 'apiVersion: v1\nkind: Service\na: "\nx\n"\n',
    type: undefined,
  },
  { shows: 'a flow mapping', text: '{apiVersion: v1,\nkind: Service\n}\n', type: undefined },
  { shows: 'a quoted document', text: '"\napiVersion: v1\nkind: Service\n"\n', type: undefined },
  { shows: 'a line less deep', text: '  apiVersion: v1\n  kind: Service\nkind: B\n', type: undefined },
  { shows: 'a line end of YAML 1.1', text: 'apiVersion: v1\nkind: Service\n# \u2028kind: B\n', type: undefined },
  { shows: 'a tab', text: 'apiVersion: v1\nkind: Service\n\tkind: B\n', type: undefined },
];

for (const { shows, text, type } of plainly) {
  test(`a type that the text shows: ${shows}`, () => {
    const found = plainType(text);
    assert.equal(found && `${found.apiVersion} ${found.kind}`, type);
  });
}

test('every kind that wayout knows is an input in its own group, and no other kind of Gloo is near one', () => {
  const known = [
    ...kinds.map(({ apiVersion, kind }) => ({ group: apiVersion.split('/')[0], kind })),
    ...otherKinds
      .flatMap(({ kinds: ids }) => ids.map(id => id.split('/')))
      .map(([group, kind]) => ({ group: `${group}.gloo.solo.io`, kind })),
    { group: 'wayout.dev', kind: 'EgressConfig' },
  ];
  for (const { group = '', kind = '' } of known) {
    assert.equal(knownKinds.get(kind), group, kind);
    assert.equal(typeVerdict({ apiVersion: `${group}/v1`, kind }), 'input', kind);
  }
  assert.deepEqual([...knownKinds.keys()].sort(), [...new Set(known.map(({ kind }) => kind))].sort());
  const others =
    'ApiProduct CloudProvider CloudResources Dashboard ExternalWorkload GatewayLifecycleManager GraphQLStitchedSchema InsightsConfig IstioLifecycleManager KubernetesCluster Portal PortalGroup RateLimitClientConfig RootTrustPolicy'.split(
      ' ',
    );
  for (const other of others)
    assert.deepEqual(
      [...knownKinds.keys()].filter(kind => isNear(other, kind)),
      [],
      other,
    );
});
