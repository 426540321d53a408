import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { main } from '../src/command.ts';
import { resultsOf } from '../src/diagnostics/krm-results.ts';
import { Report } from '../src/diagnostics/report.ts';
import type { Io } from '../src/io/standard.ts';
import { foreign, item, list, run, service, settings, useFolders } from './sandbox.ts';

useFolders();

describe('the command line', () => {
  test('shows its help on standard output, and its version', async () => {
    const help = await run('--help');
    assert.equal(help.code, 0);
    assert.match(help.stdout, /Usage: wayout .*check-expanded/s);
    assert.equal(help.stderr, '');
    assert.deepEqual(await run('--version'), { code: 0, stdout: '0.0.0-test\n', stderr: '' });
    assert.match((await run('render --help')).stdout, /kustomization\.yaml/);
  });

  const mistakes = [
    ['', /Usage: wayout/],
    ['rendr in', /unknown command 'rendr'\n\(Did you mean render\?\)/],
    ['render', /missing required argument 'DIR'/],
    ['render in --outptu out', /unknown option '--outptu'/],
    ['render in --format yaml', /Allowed choices are text, json/],
    ['render in --prune', /--prune needs --output DIR/],
    ['render in --check', /--check needs --output DIR/],
    ['diff in', /missing required argument 'HEAD'/],
    ['diff in in --format html', /Allowed choices are text, markdown, json/],
    ['diff in in --fail-on closes', /Allowed choices are opens/],
    ['krm --verbose', /unknown option '--verbose'/],
    ['krm in', /too many arguments/],
  ] as const;
  for (const [line, expected] of mistakes) {
    test(`exits with 2 for: wayout ${line}`, async () => {
      const { code, stdout, stderr } = await run(line);
      assert.match(stderr, expected);
      assert.deepEqual({ code, stdout }, { code: 2, stdout: '' });
    });
  }

  for (const line of ['render -', 'check-expanded -']) {
    test(`refuses an empty stream: wayout ${line}`, async () => {
      const { code, stdout, stderr } = await run(line, { stdin: '# nothing\n' });
      assert.match(stderr, /error\[WO1110\]: standard input is empty\n {2}hint: .*pipefail/);
      assert.deepEqual({ code, stdout }, { code: 1, stdout: '' });
    });
  }

  test('exits with 3 for a bug of ours, says so in few words, and shows the stack only when asked', async () => {
    const broken = (env: Io['env']) => {
      let stderr = '';
      const io: Io = {
        stdin: () => {
          throw new Error('boom\u001b[31m');
        },
        stdout: () => assert.fail('nothing may be written'),
        stderr: text => {
          stderr += text;
        },
        isTerminal: () => false,
        env,
        version: '0.0.0-test',
      };
      return main(['krm'], io).then(code => ({ code, stderr }));
    };
    const quiet = await broken({});
    assert.equal(quiet.code, 3);
    assert.match(
      quiet.stderr,
      /^wayout: internal error: Error: boom\\u\{1b\}\[31m\n {2}this is a bug in wayout 0\.0\.0-test/,
    );
    assert.equal(quiet.stderr.split('\n').length, 4);
    assert.match((await broken({ WAYOUT_DEBUG: '1' })).stderr, / at .*command\.test/);
  });
});

describe('wayout krm', () => {
  test('answers a ResourceList with a ResourceList', async () => {
    const { code, stdout, stderr } = await run('krm', { stdin: list(item('api.example.com')) });
    assert.equal(code, 0, stderr);
    assert.match(stdout, /"kind":"ResourceList"/);
    assert.match(stdout, /"kind":"ServiceEntry"/);
  });

  test('gives no items and all results on an error, and one line for each', async () => {
    const { code, stdout, stderr } = await run('krm', { stdin: list(settings, item('api.example.com', 70000)) });
    assert.equal(code, 1);
    assert.match(
      stderr,
      /^\[error\] networking\.gloo\.solo\.io\/v2\/ExternalService\/shop\/pay spec\.ports\[0\]\.number: .*70000.* \(WO\d+\)\n$/,
    );
    const { items, results } = JSON.parse(stdout);
    assert.deepEqual(items, []);
    const { message, tags, ...place } = results[0];
    assert.match(message, /70000/);
    assert.match(tags.code, /^WO\d{4}$/);
    assert.deepEqual(place, {
      severity: 'error',
      resourceRef: {
        apiVersion: 'networking.gloo.solo.io/v2',
        kind: 'ExternalService',
        name: 'pay',
        namespace: 'shop',
      },
      field: { path: 'spec.ports[0].number', currentValue: 70000 },
      file: { path: 'apps/pay.yaml', index: 1 },
    });
  });

  test('--validate gives no items, and fails on errors only', async () => {
    const right = await run('krm --validate', { stdin: list(item('api.example.com')) });
    assert.equal(right.code, 0);
    assert.deepEqual(JSON.parse(right.stdout).items, []);
    assert.equal((await run('krm --validate', { stdin: list(item('api.example.com', 0)) })).code, 1);
  });

  test('answers what is no ResourceList with an empty one', async () => {
    for (const stdin of ['', 'hello', '{', service('api.example.com')]) {
      const { code, stdout, stderr } = await run('krm', { stdin });
      assert.equal(code, 1, stdin);
      assert.match(stderr, /^\[error\] /);
      const { kind, items, results } = JSON.parse(stdout);
      assert.deepEqual([kind, items, results.length], ['ResourceList', [], 1]);
    }
  });
});

test('results show the value at a field, but nobody a value of a Secret', () => {
  const slice = { text: '', form: 'document', line: 1, column: 1, index: 0 } as const;
  const shown = (kind: string) => {
    const resource = { apiVersion: 'v1', kind, metadata: { name: 'a' }, data: { key: 'value' } };
    const report = new Report();
    report.add('WO1101', { source: { resource, slice }, field: ['data', 'key'] }, { path: 'a' });
    return resultsOf(report.diagnostics)[0]?.field;
  };
  assert.deepEqual(shown('ConfigMap'), { path: 'data.key', currentValue: 'value' });
  assert.deepEqual(shown('Secret'), { path: 'data.key' });
});

describe('wayout check-expanded', () => {
  test('passes what was rendered, and names each input that was not', async () => {
    const { stdout } = await run('render in');
    assert.deepEqual(await run('check-expanded -', { stdin: `${stdout}---\n${foreign}` }), {
      code: 0,
      stdout: '',
      stderr: '',
    });
    const config = 'apiVersion: wayout.dev/v1alpha1\nkind: EgressConfig\nmetadata: {name: egress}\n';
    const endpoint =
      'apiVersion: networking.gloo.solo.io/v2\nkind: ExternalEndpoint\nmetadata: {name: dc, namespace: shop}\n';
    const stdin = [foreign, service('a.example.com'), config, endpoint].join('---\n');
    const left = await run('check-expanded -', { stdin });
    assert.deepEqual([left.code, left.stdout], [1, '']);
    const named = left.stderr.match(/^<stdin>:\d+:\d+: error\[WO1109\]: \S+ \S+/gm);
    assert.deepEqual(named, [
      '<stdin>:6:1: error[WO1109]: ExternalService shop/pay',
      '<stdin>:19:1: error[WO1109]: EgressConfig egress',
      '<stdin>:23:1: error[WO1109]: ExternalEndpoint shop/dc',
    ]);
  });
});
