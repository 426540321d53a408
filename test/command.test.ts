import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import {
  copyFile,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { main } from '../src/command.ts';
import type { Io } from '../src/io/standard.ts';

const wayout = fileURLToPath(new URL('../../plugin/wayout', import.meta.url));

const service = (host: string, name = 'pay') => `apiVersion: networking.gloo.solo.io/v2
kind: ExternalService
metadata:
  name: ${name}
  namespace: shop
spec:
  hosts:
  - ${host}
  ports:
  - name: https
    number: 443
    protocol: HTTPS
`;
const foreign = `# kept as it is
apiVersion: v1
kind: ConfigMap
metadata: {name: settings,   namespace: shop}
`;

let root: string;
let folder: string;
let output: string;

before(async () => {
  root = await mkdtemp(join(tmpdir(), 'wayout-'));
});
after(() => rm(root, { recursive: true }));
beforeEach(async () => {
  folder = await mkdtemp(join(root, 'case-'));
  output = join(folder, 'out');
  await mkdir(join(folder, 'in'));
  await put('in/pay.yaml', service('api.example.com'));
});

const put = (path: string, text: string | Uint8Array) => writeFile(join(folder, path), text);
const get = (path: string) => readFile(join(folder, path), 'utf8');

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line in this process, with the words `in` and `out` for the folders of the test. */
async function run(line: string, { stdin = '', terminal = false, env = {} as Io['env'] } = {}): Promise<Outcome> {
  const written = { stdout: '', stderr: '' };
  const args = line.split(' ').map(word => (/^(in|out)(\/|$)/.test(word) ? join(folder, word) : word));
  const code = await main(
    args.filter(word => word !== ''),
    {
      stdin: () => Buffer.from(stdin),
      stdout: text => {
        written.stdout += text;
      },
      stderr: text => {
        written.stderr += text;
      },
      isTerminal: () => terminal,
      env,
      version: '0.0.0-test',
    },
  );
  const short = (text: string) => text.replaceAll(`${folder}/`, '');
  return { code, stdout: short(written.stdout), stderr: short(written.stderr) };
}

const list = (...items: readonly unknown[]) =>
  JSON.stringify({ apiVersion: 'config.kubernetes.io/v1', kind: 'ResourceList', items });
const settings = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace: 'shop' } };
const item = (host: string, number = 443) => ({
  apiVersion: 'networking.gloo.solo.io/v2',
  kind: 'ExternalService',
  metadata: {
    name: 'pay',
    namespace: 'shop',
    annotations: { 'internal.config.kubernetes.io/path': 'apps/pay.yaml', 'internal.config.kubernetes.io/index': '1' },
  },
  spec: { hosts: [host], ports: [{ name: 'https', number, protocol: 'HTTPS' }] },
});

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

describe('wayout render', () => {
  test('writes every object: foreign ones as they came, inputs as what they became', async () => {
    await put('in/settings.yaml', foreign);
    const { code, stdout, stderr } = await run('render in');
    assert.equal(code, 0, stderr);
    assert.ok(stdout.includes(foreign), stdout);
    assert.match(stdout, /kind: ServiceEntry/);
    assert.doesNotMatch(stdout, /ExternalService$/m);
  });

  test('reads the same from a stream of documents, a ResourceList and single files', async () => {
    const expected = (await run('render in')).stdout;
    assert.equal((await run('render -', { stdin: service('api.example.com') })).stdout, expected);
    assert.equal((await run('render in/pay.yaml in')).stdout, expected);
    const { stdout, code } = await run('render -', { stdin: list(item('api.example.com')) });
    assert.equal(code, 0);
    assert.match(stdout, /kind: ServiceEntry/);
  });

  test('leaves out what is no manifest: kustomizations, values, hidden files, node_modules', async () => {
    const expected = (await run('render in')).stdout;
    await mkdir(join(folder, 'in/node_modules/a'), { recursive: true });
    await mkdir(join(folder, 'in/.git'));
    const other = service('other.example.com', 'other');
    for (const path of ['node_modules/a/b.yaml', '.git/c.yaml', '.hidden.yaml', 'notes.txt'])
      await put(`in/${path}`, other);
    await put(
      'in/kustomization.yaml',
      'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [pay.yaml]\n',
    );
    await put('in/values.yaml', 'replicas: 2\n');
    await put('in/package.json', '{"name": "x", "private": true}\n');
    assert.deepEqual(await run('render in'), { code: 0, stdout: expected, stderr: (await run('render in')).stderr });
  });

  test('leaves out nothing that names a group of Gloo, whatever it lacks', async () => {
    const broken = 'apiVersion: networking.gloo.solo.io/v2\nmetadata: {name: a, namespace: shop}\n';
    await put('in/broken.yaml', broken);
    const { stdout, stderr } = await run('render in');
    assert.ok(`${stdout}${stderr}`.includes('broken') || stdout.includes(broken), stdout);
  });

  test('refuses a link that leaves the folder, and follows one that stays, once', async () => {
    const expected = (await run('render in')).stdout;
    await symlink('pay.yaml', join(folder, 'in/again.yaml'));
    await mkdir(join(folder, 'in/sub'));
    await symlink('..', join(folder, 'in/sub/up'));
    assert.equal((await run('render in')).stdout, expected);
    await put('secret.yaml', service('evil.example.com', 'evil'));
    await symlink('../secret.yaml', join(folder, 'in/link.yaml'));
    const { code, stdout, stderr } = await run('render in');
    assert.deepEqual({ code, stdout }, { code: 1, stdout: '' });
    assert.match(stderr, /^in\/link\.yaml: error\[WO1102\]: the link leads to .*secret\.yaml, outside /);
  });

  test('refuses a linked folder outside', async () => {
    await mkdir(join(folder, 'elsewhere'));
    await symlink('../elsewhere', join(folder, 'in/linked'));
    assert.match((await run('render in')).stderr, /^in\/linked: error\[WO1102\]/);
  });

  test('says which path does not exist, and which folder holds nothing', async () => {
    assert.match((await run('render in/none')).stderr, /^in\/none: error\[WO1101\]/);
    await mkdir(join(folder, 'in/empty'));
    const { code, stderr } = await run('render in/empty');
    assert.equal(code, 1);
    assert.match(stderr, /^in\/empty: error\[WO1104\].*\n {2}hint: /);
  });

  test('takes one EgressConfig from --config', async () => {
    const config =
      'apiVersion: wayout.dev/v1alpha1\nkind: EgressConfig\nmetadata: {name: egress}\nspec: {visibility: {shop/pay: [checkout]}}\n';
    await put('config.yaml', config);
    const { code, stdout, stderr } = await run(`render in --config ${join(folder, 'config.yaml')}`);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /exportTo:\n\s+- checkout\n/);
    await put('config.yaml', `${config}---\n${config}`);
    const two = await run(`render in --config ${join(folder, 'config.yaml')}`);
    assert.equal(two.code, 1);
    assert.match(two.stderr, /WO1105.*has 2 objects/);
  });

  test('locates a mistake: file, line, column, object, field', async () => {
    await put('in/pay.yaml', service('api.example.com').replace('443', '70000'));
    await put('in/settings.yaml', foreign);
    const text = await run('render in');
    assert.deepEqual({ code: text.code, stdout: text.stdout }, { code: 1, stdout: '' });
    assert.match(
      text.stderr,
      /^in\/pay\.yaml:11:13: error\[WO\d+\]: .*70000.*\n {2}in ExternalService shop\/pay at spec\.ports\[0\]\.number\n/,
    );
    const [found] = JSON.parse((await run('render in --format json')).stderr);
    const { file, line, column, severity, object, field } = found;
    assert.deepEqual(
      { file, line, column, severity, object, field },
      {
        file: 'in/pay.yaml',
        line: 11,
        column: 13,
        severity: 'error',
        object: 'ExternalService shop/pay',
        field: 'spec.ports[0].number',
      },
    );
  });

  test('colours on a terminal only, and not with NO_COLOR', async () => {
    const introducer = '\u001b[';
    assert.ok((await run('render in/none', { terminal: true })).stderr.includes(introducer));
    assert.ok(!(await run('render in/none', { terminal: true, env: { NO_COLOR: '1' } })).stderr.includes(introducer));
    assert.ok(!(await run('render in/none')).stderr.includes(introducer));
  });

  test('lets no control character of the input reach the terminal', async () => {
    await put('in/pay.yaml', service('"a\\x1b]0;owned\\a\\u202e.com"'));
    for (const line of ['render in', 'render in --format json']) {
      const { code, stderr } = await run(line);
      assert.equal(code, 1);
      assert.doesNotMatch(stderr, /(?!\n)[\p{Cc}\u202e]/u);
    }
  });
});

describe('wayout render --output', () => {
  const file = 'out/shop-serviceentry-pay.yaml';

  test('writes a file for each object that wayout made, and leaves equal ones alone', async () => {
    await put('in/settings.yaml', foreign);
    const first = await run('render in --output out');
    assert.deepEqual({ code: first.code, stdout: first.stdout }, { code: 0, stdout: '' }, first.stderr);
    assert.deepEqual(await readdir(output), ['shop-serviceentry-pay.yaml']);
    await utimes(join(folder, file), 1, 1);
    await run('render in --output out');
    assert.equal((await stat(join(folder, file))).mtimeMs, 1000);
    await put('in/pay.yaml', service('new.example.com'));
    await run('render in --output out');
    assert.match(await get(file), /new\.example\.com/);
  });

  test('writes nothing if anything is wrong', async () => {
    await put('in/wrong.yaml', service('api.example.org', 'wrong').replace('443', '0'));
    assert.equal((await run('render in --output out --prune')).code, 1);
    await assert.rejects(stat(output));
  });

  test('warns of what nothing yields any more; --prune removes that, and nothing else', async () => {
    await run('render in --output out');
    await put('out/mine.yaml', foreign);
    await put('in/pay.yaml', service('api.example.com', 'other'));
    const warned = await run('render in --output out');
    assert.equal(warned.code, 0);
    assert.match(warned.stderr, /^out\/shop-serviceentry-pay\.yaml: warning\[WO1108\]/m);
    assert.equal((await run('render in --output out --check')).code, 1);
    const made = await get(file);
    await put('out/mixed.yaml', `${made}---\n${foreign}`);
    await put('out/copied.yaml', made);
    assert.equal((await run('render in --output out --prune')).code, 0);
    assert.deepEqual(await readdir(output), ['mine.yaml', 'mixed.yaml', 'shop-serviceentry-other.yaml']);
  });

  test('--check shows what is stale as a diff, writes nothing, and is quiet where nothing is', async () => {
    const missing = await run('render in --output out --check');
    assert.equal(missing.code, 1);
    assert.match(
      missing.stdout,
      /^--- \/dev\/null\n\+\+\+ out\/shop-serviceentry-pay\.yaml\n@@ -0,0 \+1,\d+ @@\n\+apiVersion/,
    );
    await assert.rejects(stat(output));
    await run('render in --output out');
    assert.deepEqual(await run('render in --output out --check').then(({ code, stdout }) => [code, stdout]), [0, '']);
    await put('in/pay.yaml', service('new.example.com'));
    const stale = await run('render in --output out --check');
    assert.equal(stale.code, 1);
    assert.match(stale.stdout, /\n- +- api\.example\.com\n\+ +- new\.example\.com\n/);
    assert.match(await get(file), /api\.example\.com/);
    assert.ok((await run('render in --output out --check', { terminal: true })).stdout.includes('\u001b[32m+'));
  });

  test('refuses to write over a file of others, or through a link', async () => {
    await mkdir(output);
    await put(file, foreign);
    const { code, stderr } = await run('render in --output out');
    assert.equal(code, 1);
    assert.match(stderr, /^out\/shop-serviceentry-pay\.yaml: error\[WO1106\]/);
    assert.equal(await get(file), foreign);
    await rm(join(folder, file));
    await put('victim.yaml', 'a: 1\n');
    await symlink('../victim.yaml', join(folder, file));
    assert.equal((await run('render in --output out')).code, 1);
    assert.equal(await get('victim.yaml'), 'a: 1\n');
  });

  test('says why a folder cannot be written', async () => {
    await put('out', 'a file');
    const { code, stderr } = await run('render in --output out');
    assert.equal(code, 1);
    assert.match(stderr, /error\[WO1107\]: .* cannot be written: ENOTDIR/);
  });

  test('reads no output as input, where the one folder lies in the other', async () => {
    await run('render in --output in/out');
    const before = await readFile(join(folder, 'in/out/shop-serviceentry-pay.yaml'), 'utf8');
    const again = await run('render in --output in/out --check');
    assert.deepEqual([again.code, again.stdout], [0, ''], again.stderr);
    await rm(join(folder, 'in/pay.yaml'));
    assert.match((await run('render in --output in/out')).stderr, /WO1104/);
    assert.equal(await readFile(join(folder, 'in/out/shop-serviceentry-pay.yaml'), 'utf8'), before);
  });

  test('can write into the folder that it reads', async () => {
    await run('render in --output in');
    assert.deepEqual(await readdir(join(folder, 'in')), ['pay.yaml', 'shop-serviceentry-pay.yaml']);
    const again = await run('render in --output in --check');
    assert.deepEqual([again.code, again.stdout], [0, ''], again.stderr);
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

describe('the executable plugin/wayout', () => {
  test('runs from any folder, through a link, and by itself where only krm is asked for', async () => {
    const link = join(folder, 'linked');
    await symlink(wayout, link);
    const rendered = spawnSync(link, ['render', 'in'], { cwd: folder, encoding: 'utf8' });
    assert.equal(rendered.status, 0, rendered.stderr);
    assert.match(rendered.stdout, /kind: ServiceEntry/);
    const copied = join(folder, 'copied');
    await copyFile(wayout, copied);
    const krm = spawnSync(copied, ['krm'], { cwd: folder, encoding: 'utf8', input: list(item('api.example.com')) });
    assert.equal(krm.status, 0, krm.stderr);
    assert.match(krm.stdout, /ServiceEntry/);
  });

  test('prints the version of package.json', async () => {
    const { version } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'));
    assert.equal(spawnSync(wayout, ['--version'], { encoding: 'utf8' }).stdout, `${version}\n`);
  });

  test('waits for a slow standard input', async () => {
    const text = list(item('api.example.com'));
    const child = spawn(wayout, ['krm'], { stdio: ['pipe', 'pipe', 'inherit'] });
    let stdout = '';
    child.stdout.on('data', chunk => {
      stdout += chunk;
    });
    for (let at = 0; at < text.length; at += 100) {
      child.stdin.write(text.slice(at, at + 100));
      await new Promise(resolve => setTimeout(resolve, 30));
    }
    child.stdin.end();
    const code = await new Promise(resolve => child.on('close', resolve));
    assert.equal(code, 0);
    assert.match(stdout, /ServiceEntry/);
  });

  test('reads a pipe that does not block, and a reader that leaves early is no failure', async () => {
    const lines = await Promise.all(
      Array.from({ length: 3000 }, async (_, index) => `${foreign}  labels: {a: "${index}"}`),
    );
    await put('big.yaml', lines.join('\n---\n'));
    // `process.stdin.read` of the parent makes the shared pipe one that does not block.
    const script = `(sleep 0.3; cat big.yaml) | (node -e 'process.stdin.once("readable", () => {}); setTimeout(() => process.exit(), 50)' <&0; "$0" render -) | head -n 2; echo "\${PIPESTATUS[@]}"`;
    const { stdout, stderr } = spawnSync('bash', ['-c', script, wayout], { cwd: folder, encoding: 'utf8' });
    assert.equal(stderr, '');
    assert.equal(stdout, '# kept as it is\napiVersion: v1\n0 0 0\n');
  });

  test('is whole in a folder of its own', async () => {
    const copy = join(folder, 'opt');
    await mkdir(copy);
    for (const name of ['wayout', 'lib', 'package.json']) {
      await cp(fileURLToPath(new URL(`../../plugin/${name}`, import.meta.url)), join(copy, name), { recursive: true });
    }
    const { status, stdout } = spawnSync(join(copy, 'wayout'), ['render', 'in', '--output', 'o', '--check'], {
      cwd: folder,
      encoding: 'utf8',
    });
    assert.equal(status, 1);
    assert.match(stdout, /^\+kind: ServiceEntry$/m);
  });
});
