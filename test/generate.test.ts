import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { folder, foreign, item, list, put, service, settings, useFolders } from './sandbox.ts';

const wayout = fileURLToPath(new URL('../../plugin/wayout', import.meta.url));

/** Runs the executable as Argo CD's sidecar does: in a folder, with nothing but its own variables. */
function generate(args: readonly string[], { cwd = folder, env = {}, input = '' } = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [wayout, 'generate', ...args], {
    cwd,
    env,
    input,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

const inSidecar = { ARGOCD_APP_SOURCE_PATH: 'apps/pay', ARGOCD_APP_NAMESPACE: 'shop', ARGOCD_APP_PARAMETERS: 'null' };

useFolders();

// A repository with one application.
beforeEach(async () => {
  await mkdir(join(folder, 'apps/pay'), { recursive: true });
  await mkdir(join(folder, 'apps/base'));
  await mkdir(join(folder, '.git'));
  await put('apps/pay/pay.yaml', service('api.example.com').replace('  namespace: shop\n', ''));
  await put('apps/pay/settings.yaml', foreign);
});

describe('wayout generate', () => {
  test('gives the same bytes in the sidecar and on a laptop, by folder and by stream', () => {
    const sidecar = generate([], { cwd: join(folder, 'apps/pay'), env: inSidecar });
    assert.deepEqual([sidecar.status, sidecar.stderr], [0, '']);
    assert.ok(sidecar.stdout.includes(foreign), sidecar.stdout);
    assert.match(sidecar.stdout, /kind: ServiceEntry\nmetadata:\n {2}name: pay\n {2}namespace: shop\n/);
    const laptop = { env: { ARGOCD_APP_NAMESPACE: 'shop' } };
    assert.deepEqual(generate(['apps/pay'], laptop), sidecar);
    const input = `${service('api.example.com')}---\n${foreign}`;
    assert.deepEqual(generate(['-'], { ...laptop, input }), sidecar);
  });

  test('takes a ResourceList, and leaves nothing in the output that a host of functions wrote into it', () => {
    const place = { 'internal.config.kubernetes.io/path': 'a.yaml', 'config.kubernetes.io/index': '0' };
    const own = { ...settings, metadata: { ...settings.metadata, annotations: { ...place, team: 'shop' } } };
    const { stdout } = generate(['-'], { input: list(item('api.example.com'), own) });
    assert.doesNotMatch(stdout, /config\.kubernetes\.io|ResourceList/);
    assert.match(stdout, /kind: ServiceEntry/);
    assert.match(stdout, /"team": ?"shop"/);
    // What it leaves out it left out the first time: the rest is as it was.
    assert.equal(generate(['-'], { input: stdout }).stdout, stdout);
  });

  test('follows links within the repository, to files and folders, and refuses those that leave it', async () => {
    await put('apps/base/more.yaml', service('more.example.com', 'more'));
    await symlink('../base', join(folder, 'apps/pay/base'));
    const sidecar = { cwd: join(folder, 'apps/pay'), env: inSidecar };
    assert.match(generate([], sidecar).stdout, /more\.example\.com/);
    assert.match(generate(['apps/pay'], { env: { ARGOCD_APP_NAMESPACE: 'shop' } }).stdout, /more\.example\.com/);
    await symlink('/etc', join(folder, 'apps/pay/etc'));
    const { status, stdout, stderr } = generate([], sidecar);
    assert.deepEqual([status, stdout], [1, '']);
    assert.match(stderr, /^etc: error: this leads to \S*\.\.\/etc, .* \(WO1410\)\n$/);
  });

  test('takes the folder itself for the repository where Argo CD does not say where it lies', async () => {
    await put('in/pay.yaml', service('more.example.com', 'more'));
    await symlink('../../in', join(folder, 'apps/pay/in'));
    const from = (path: string, args: readonly string[] = []) =>
      generate(args, { cwd: join(folder, 'apps/pay'), env: { ...inSidecar, ARGOCD_APP_SOURCE_PATH: path } });
    assert.deepEqual([from('apps/pay').status, from('./apps/pay/').status], [0, 0]);
    for (const path of ['apps/other', '../..', 'ay', '.', ''])
      assert.match(from(path).stderr, /^in: error: .*\(WO1410\)/, path);
    assert.match(from('apps/pay', ['../../..']).stderr, /^\.\.\/\.\.\/\.\.: error: .*\(WO1410\)/);
  });

  test('says first what Argo CD shows: file, object, field, reason; and no more than ten', async () => {
    const ports = Array.from(
      { length: 13 },
      (_, index) => `  - {name: p${index}, number: ${70000 + index}, protocol: TCP}`,
    );
    await put('apps/pay/pay.yaml', `${service('api.example.com')}${ports.join('\n')}\n`);
    const { status, stdout, stderr } = generate(['apps/pay']);
    assert.deepEqual([status, stdout], [1, '']);
    assert.match(
      stderr,
      /^apps\/pay\/pay\.yaml:22:24: error: ExternalService\/shop\/pay spec\.ports\[10\]\.number: .*70009.* \(WO1201\)\n/,
    );
    const lines = stderr.trimEnd().split('\n');
    assert.equal(lines.length, 11);
    assert.equal(lines[10], 'and 3 more errors: wayout generate --format text shows all');
    assert.equal(generate(['apps/pay', '--format', 'text']).stderr.match(/error\[/g)?.length, 13);
  });

  test('refuses an empty stream, a folder that is not there, and one without manifests', async () => {
    await mkdir(join(folder, 'apps/none'));
    for (const [args, code] of [
      [['-'], 'WO1110'],
      [['nowhere'], 'WO1101'],
      [['apps/none'], 'WO1104'],
    ] as const) {
      const { status, stdout, stderr } = generate(args);
      assert.deepEqual([status, stdout], [1, '']);
      assert.match(stderr, new RegExp(`\\(${code}\\)\\n$`));
    }
  });

  test('reads every file of the platform’s folder, as a mounted ConfigMap has it, and passes over none', async () => {
    const locks = (name: string, spec: string) =>
      `apiVersion: wayout.dev/v1alpha1\nkind: EgressConfig\nmetadata: {name: ${name}}\nspec: ${spec}\n`;
    await mkdir(join(folder, 'platform/..2026'), { recursive: true });
    await put('platform/..2026/a.yaml', locks('a', '{locked: [visibility]}'));
    await put('platform/..2026/b.yaml', locks('b', '{visibility: {shop/pay: [shop, checkout]}}'));
    await symlink('..2026', join(folder, 'platform/..data'));
    for (const name of ['a.yaml', 'b.yaml']) await symlink(`..data/${name}`, join(folder, 'platform', name));
    const run = () => generate(['apps/pay', '--platform', 'platform'], { env: { ARGOCD_APP_NAMESPACE: 'shop' } });
    assert.match(run().stdout, /exportTo:\n\s+- checkout\n/);
    await put('apps/pay/config.yaml', locks('mine', '{visibility: {shop/pay: ["*"]}}'));
    assert.match(
      run().stderr,
      /^apps\/pay\/config\.yaml:4:\d+: error: EgressConfig\/mine spec\.visibility: .* \(WO1420\)\n$/,
    );
    await put('platform/c.yaml', 'locked: [part]\n');
    assert.match(run().stderr, /^platform\/c\.yaml:1:1: error: .* \(WO1426\)$/m);
  });

  test('refuses a platform folder that is empty or not there: what it was to lock would be open', async () => {
    await mkdir(join(folder, 'platform'));
    assert.match(generate(['apps/pay', '--platform', 'platform']).stderr, /^platform: error: .* \(WO1426\)\n/);
    assert.match(generate(['apps/pay', '--platform', 'nowhere']).stderr, /^nowhere: error: .* \(WO1101\)\n/);
  });
});
