import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { blocksOf } from '../console.ts';
import {
  build,
  copyExamples,
  environment,
  flags,
  kustomization,
  kustomize,
  needsKustomize,
  root,
  stdoutOf,
  wayout,
} from './tools.ts';

const example = join(root, 'kustomize-examples/egress-gateway');
const kindsOf = (stream: string) => [...stream.matchAll(/^kind: (.*)$/gm)].map(([, kind]) => kind);
const istio = [
  'Service',
  'DestinationRule',
  'DestinationRule',
  'Gateway',
  'ServiceEntry',
  'VirtualService',
  'AuthorizationPolicy',
];
const sources = ['Service', 'ExternalService', 'VirtualGateway', 'AccessPolicy', 'EgressConfig'];

describe('kustomize', needsKustomize, () => {
  let examples: string;
  let rendered: string;
  before(() => {
    examples = copyExamples();
    rendered = stdoutOf(build(example));
  });
  const write = (name: string, text: string) => kustomization(examples, name, text);

  test('skips the function silently without --enable-exec, and check-expanded finds that', () => {
    const skipped = build(example, ['--enable-alpha-plugins']);
    assert.deepEqual({ status: skipped.status, stderr: skipped.stderr }, { status: 0, stderr: '' });
    assert.deepEqual(kindsOf(skipped.stdout), sources);
    const found = wayout(['check-expanded', '-'], skipped.stdout);
    assert.equal(found.status, 1);
    assert.match(found.stderr, /error\[WO1109\]: ExternalService shop\/payments .*\n.*\n.*--enable-exec/);
  });

  test('refuses without --enable-alpha-plugins', () => {
    const refused = build(example, ['--enable-exec']);
    assert.deepEqual({ status: refused.status, stdout: refused.stdout }, { status: 1, stdout: '' });
    assert.match(refused.stderr, /external plugins disabled/);
  });

  test('gives no output for a wrong source, and shows our line', () => {
    const file = join(examples, 'egress-gateway/sources/payments.yaml');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace('clientsideTls', 'clientSideTls'));
    const { status, stdout, stderr } = build(join(examples, 'egress-gateway'));
    writeFileSync(file, text);
    assert.deepEqual({ status, stdout }, { status: 1, stdout: '' });
    assert.match(
      stderr,
      /^\[error\] networking\.gloo\.solo\.io\/v2\/ExternalService\/shop\/payments spec\.ports\[0\]\.clientSideTls: unknown field .*"clientsideTls".*\(WO1202\)\n/,
    );
    assert.match(stderr, /^Error: couldn't execute function: exit status 1/m);
  });

  test('runs it as a validator, which passes what is right, as it came, and refuses what is wrong', () => {
    const right = write('validated', 'resources: [../egress-gateway/sources]\nvalidators:\nFUNCTION, --validate\n');
    assert.equal(stdoutOf(build(right)), stdoutOf(build(join(examples, 'egress-gateway/sources'), [])));
    write('wrong', 'resources: [../egress-gateway/sources]\nnamePrefix: a-\nvalidators:\nFUNCTION, --validate\n');
    const refused = build(join(examples, 'wrong'));
    assert.deepEqual({ status: refused.status, stdout: refused.stdout }, { status: 1, stdout: '' });
    assert.match(refused.stderr, /^\[error\] .*virtualGatewayRefs\[0\]: VirtualGateway istio-gateways\/egress/m);
  });

  test('runs it as a generator of what it carries in spec.resources', () => {
    const resources = `
  spec:
    resources:
    - apiVersion: networking.gloo.solo.io/v2
      kind: ExternalService
      metadata: {name: rates, namespace: shop}
      spec: {hosts: [rates.example.com], ports: [{name: https, number: 443, protocol: HTTPS}]}
`;
    const stdout = stdoutOf(build(write('generated', `generators:\nFUNCTION${resources}`)));
    assert.deepEqual(kindsOf(stdout), ['ServiceEntry']);
    assert.match(stdout, /- rates\.example\.com\n/);
  });

  test('finds it on PATH, as the README writes it', () => {
    const yaml = blocksOf('README.md').find(({ language }) => language === 'yaml')?.text ?? '';
    const folder = write('on-path', yaml.replace('- sources', '- ../egress-gateway/sources'));
    const env = { ...environment, PATH: `${join(root, 'plugin')}:${environment.PATH}` };
    assert.equal(stdoutOf(kustomize(['build', ...flags, folder], root, env)), rendered);
    assert.match(build(folder).stderr, /wayout/);
  });

  test('runs it in a component', () => {
    write('component', 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\ntransformers:\nFUNCTION\n');
    const folder = write('composed', 'resources: [../egress-gateway/sources]\ncomponents: [../component]\n');
    assert.equal(stdoutOf(build(folder)), rendered);
  });

  test('runs it on nothing, and twice, with no harm', () => {
    const nothing = build(write('nothing', 'transformers:\nFUNCTION\n'));
    assert.deepEqual(nothing, { ...nothing, status: 0, stdout: '', stderr: '' });
    const again = write('again', 'resources: [../egress-gateway]\ntransformers:\nFUNCTION\n');
    assert.equal(stdoutOf(build(again)), rendered);
  });

  test('keeps the order of wayout with sortOptions: fifo', () => {
    const folder = write(
      'fifo',
      'resources: [../egress-gateway/sources]\nsortOptions: {order: fifo}\ntransformers:\nFUNCTION\n',
    );
    const direct = wayout(['render', '-'], stdoutOf(build(join(examples, 'egress-gateway/sources'), [])));
    assert.deepEqual(kindsOf(stdoutOf(build(folder))), kindsOf(stdoutOf(direct)));
    assert.deepEqual(kindsOf(rendered), istio);
  });
});
