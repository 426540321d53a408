import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { runIn } from './folder.ts';
import { service } from './sandbox.ts';

const root = mkdtempSync(join(tmpdir(), 'wayout-git-'));
after(() => rmSync(root, { recursive: true }));

function git(...args: readonly string[]): void {
  const author = ['-c', 'user.name=test', '-c', 'user.email=test@example.com', '-c', 'protocol.file.allow=always'];
  execFileSync('git', [...author, ...args], { cwd: root, stdio: 'pipe' });
}

const put = (path: string, text: string): void => writeFileSync(join(root, path), text);

git('init', '--quiet', '--initial-branch=main');
mkdirSync(join(root, 'manifests/node_modules'), { recursive: true });
mkdirSync(join(root, 'manifests/.hidden'));
put('manifests/pay.yaml', service('api.example.com'));
mkdirSync(join(root, 'overlay'));
put('overlay/kustomization.yaml', 'resources: [../manifests]\n');
put('manifests/notes.txt', 'apiVersion: kind:');
put('manifests/node_modules/other.yaml', service('never.example.com', 'never'));
put('manifests/.hidden/other.yaml', service('never.example.com', 'never'));
symlinkSync('pay.yaml', join(root, 'manifests/link.yaml'));
git('add', '--force', '.');
git('commit', '--quiet', '--message=one');
put('manifests/pay.yaml', service('new.example.com'));
mkdirSync(join(root, 'more'));
put('more/ledger.yaml', service('ledger.example.com', 'ledger'));
git('add', '.');
git('commit', '--quiet', '--message=two');
put('manifests/pay.yaml', service('newest.example.com'));

const diff = (...args: readonly string[]) => runIn(root, ['diff', ...args]);

describe('wayout diff of revisions', () => {
  const moved = (from: string, to: string) => new RegExp(`^\\+ shop → ${to}:443$[^]*^- shop → ${from}:443$`, 'm');

  test('compares two revisions of a folder, or of a file', async () => {
    for (const path of ['manifests', 'manifests/', './manifests', 'manifests/pay.yaml']) {
      const { code, stdout, stderr } = await diff(`HEAD~1:${path}`, `HEAD:${path}`);
      assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
      assert.match(stdout, moved('api.example.com', 'new.example.com'));
      assert.doesNotMatch(stdout, /never/);
    }
  });

  test('compares a revision with what stands in the folder', async () => {
    assert.match((await diff('HEAD:manifests', 'manifests')).stdout, moved('new.example.com', 'newest.example.com'));
  });

  test('reads the top of the repository, and files that are named as they stand on the disk', async () => {
    assert.match((await diff('HEAD~1:.', 'HEAD:')).stdout, /ledger\.example\.com/);
    put('odd:name.yaml', service('odd.example.com'));
    assert.match((await diff('HEAD:manifests', 'odd:name.yaml')).stdout, /odd\.example\.com/);
    rmSync(join(root, 'odd:name.yaml'));
  });

  test('finds a mistake at its place in the revision', async () => {
    put('more/ledger.yaml', service('ledger.example.com', 'ledger').replace('443', '0'));
    git('stash', '--quiet');
    const { code, stderr } = await diff('HEAD:more', 'stash@{0}:more');
    assert.equal(code, 1);
    assert.match(stderr, /^stash@\{0\}:more\/ledger\.yaml:11:13: error\[WO1201\]/m);
    git('stash', 'pop', '--quiet');
    git('checkout', '--quiet', 'more');
  });

  test('takes a path that one side has not for empty only where both name it: WO1505, WO1504', async () => {
    const added = await diff('HEAD~1:more', 'HEAD:more', '--fail-on', 'opens');
    assert.equal(added.code, 4);
    assert.match(added.stderr, /info\[WO1505\]: the revision has no more: it is compared as empty/);
    const misspelt = await diff('HEAD~1:more', 'HEAD:mroe');
    assert.deepEqual([misspelt.code, misspelt.stdout], [1, '']);
    assert.match(misspelt.stderr, /error\[WO1504\]/);
    assert.equal((await diff('HEAD:nowhere', 'HEAD:nowhere')).code, 1);
  });

  test('says why Git gives nothing: WO1501, WO1502', async () => {
    assert.match(
      (await diff('nobody:manifests', 'manifests')).stderr,
      /error\[WO1501\]: .*there is no such revision here/,
    );
    assert.match(await diff('--output=x:manifests', 'manifests').then(({ stderr }) => stderr), /unknown option/);
    assert.match((await diff('HEAD:../..', 'manifests')).stderr, /WO1501.*outside repository/);
    const path = process.env.PATH;
    process.env.PATH = join(root, 'more');
    const { code, stderr } = await diff('HEAD:manifests', 'manifests').finally(() => {
      process.env.PATH = path;
    });
    assert.equal(code, 1);
    assert.match(stderr, /error\[WO1502\]/);
  });

  test('builds no kustomization: WO1507', async () => {
    const { code, stderr } = await diff('HEAD~1:overlay', 'HEAD:overlay');
    assert.equal(code, 1);
    assert.match(stderr, /^HEAD:overlay\/kustomization\.yaml: error\[WO1507\]/m);
  });

  test('refuses what a revision does not hold itself: WO1503', async () => {
    symlinkSync('../more', join(root, 'manifests/more'));
    symlinkSync('/etc/passwd', join(root, 'manifests/secret.yaml'));
    git('-c', 'advice.addEmbeddedRepo=false', 'submodule', '--quiet', 'add', root, 'manifests/sub');
    git('add', 'manifests');
    git('commit', '--quiet', '--message=three');
    const { code, stderr } = await diff('HEAD~1:manifests', 'HEAD:manifests');
    assert.equal(code, 1);
    assert.match(stderr, /^HEAD:manifests\/more: error\[WO1503\]: this is a link to \.\.\/more/m);
    assert.match(stderr, /^HEAD:manifests\/secret\.yaml: error\[WO1503\]: this is a link to \/etc\/passwd/m);
    assert.match(stderr, /^HEAD:manifests\/sub: error\[WO1503\]: this is a submodule/m);
  });
});
