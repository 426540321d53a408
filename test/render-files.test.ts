import assert from 'node:assert/strict';
import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { folder, foreign, item, list, put, run, service, useFolders } from './sandbox.ts';

useFolders();

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
    await symlink('loop', join(folder, 'loop'));
    assert.match(
      (await run(`render ${join(folder, 'loop')}`)).stderr,
      /^loop: error\[WO1103\]: loop cannot be read: too many/,
    );
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
