import assert from 'node:assert/strict';
import { test } from 'node:test';
import { put, run, service, useFolders } from './sandbox.ts';

useFolders();

test('one side may be standard input', async () => {
  const { code, stdout } = await run('diff in -', { stdin: service('new.example.com') });
  assert.equal(code, 0);
  assert.match(stdout, /^\+ shop → new\.example\.com:443$/m);
  assert.match(stdout, /^- shop → api\.example\.com:443$/m);
});

test('a side that is not there, or wrong, is no review, and no gate that opens', async () => {
  await put('out', service('api.example.com').replace('443', '0'));
  for (const [line, expected] of [
    ['diff in/nothing in --fail-on opens', /error\[WO1101\]/],
    ['diff out in', /out:11:13: error\[WO1201\]/],
    ['diff in out', /out:11:13: error\[WO1201\]/],
    ['diff in in --config in/nothing.yaml', /error\[WO1101\]/],
  ] as const) {
    const { code, stdout, stderr } = await run(line);
    assert.deepEqual([code, stdout], [1, ''], line);
    assert.match(stderr, expected);
  }
});

test('a side without objects is a mistake, unless it is said to be empty: WO1506', async () => {
  await put('out', '# a command that failed\n');
  const { code, stdout, stderr } = await run('diff in out');
  assert.deepEqual([code, stdout], [1, '']);
  assert.match(stderr, /^out: error\[WO1506\]/);
  assert.match((await run('diff /dev/null in')).stdout, /^\+ shop → api\.example\.com:443$/m);
});

test('--config configures both sides', async () => {
  await put(
    'in/config.json',
    JSON.stringify({
      apiVersion: 'wayout.dev/v1alpha1',
      kind: 'EgressConfig',
      metadata: { name: 'egress' },
      spec: { visibility: { 'shop/pay': ['*'] } },
    }),
  );
  const { stdout } = await run('diff in - --config in/config.json', { stdin: service('new.example.com') });
  assert.match(stdout, /^\+ everyone → new\.example\.com:443$/m);
});

test('colours go to terminals alone, and nothing of the input steers one', async () => {
  const stdin = service('new.example.com', '"pay\\e[31m"');
  const terminal = await run('diff in -', { stdin: service('new.example.com'), terminal: true });
  assert.ok(terminal.stdout.includes('\u001b[33m+ shop'), terminal.stdout);
  assert.ok(
    !(await run('diff in - --format markdown', { stdin: service('new.example.com'), terminal: true })).stdout.includes(
      '\u001b',
    ),
  );
  assert.ok(!(await run('diff in -', { stdin })).stdout.includes('\u001b'));
});

test('names in Markdown stay names, and a long diff is cut off for the comment', async () => {
  const made = (name: string) => `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata:
  name: ${JSON.stringify(name)}
  namespace: shop
  labels: {app.kubernetes.io/managed-by: wayout}
  annotations: {wayout.dev/source: ExternalService/shop/pay}
spec:
  hosts: ["api\`](https://example.com)\`\`.example"]
  exportTo: [shop]
  ports: [{number: 443, name: tls, protocol: TLS}]
`;
  const one = await run('diff in - --format markdown', { stdin: made('pay') });
  assert.ok(one.stdout.includes('`shop` → ```api`](https://example.com)``.example:443```'), one.stdout);
  const many = Array.from({ length: 200 }, (_, index) => made(`pay-${index}`)).join('---\n');
  const { stdout } = await run('diff in - --format markdown', { stdin: many });
  assert.match(stdout, /The rest has no room in a comment/);
  assert.ok(stdout.length < 65_536, String(stdout.length));
});
