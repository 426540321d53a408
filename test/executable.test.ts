import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { cp, mkdir, readFile, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { folder, foreign, item, list, put, useFolders } from './sandbox.ts';

const wayout = fileURLToPath(new URL('../../plugin/wayout', import.meta.url));

useFolders();

describe('the executable plugin/wayout', () => {
  test('runs from any folder, through a link, and where its folder was copied to', async () => {
    const link = join(folder, 'linked');
    await symlink(wayout, link);
    const rendered = spawnSync(link, ['render', 'in'], { cwd: folder, encoding: 'utf8' });
    assert.equal(rendered.status, 0, rendered.stderr);
    assert.match(rendered.stdout, /kind: ServiceEntry/);
    const copied = join(folder, 'copied');
    await cp(dirname(wayout), copied, { recursive: true });
    const krm = spawnSync(join(copied, 'wayout'), ['krm'], {
      cwd: folder,
      encoding: 'utf8',
      input: list(item('api.example.com')),
    });
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

  test('waits for a standard input that does not block', async () => {
    // A reader that is killed leaves the pipe that it shares with the next one in the mode that it chose.
    const reader = 'process.stdin.on("readable", () => {}); setTimeout(() => process.kill(process.pid, 9), 50)';
    const script = '(node -e "$1"; true) 2>/dev/null; echo ready >&2; exec "$0" render -';
    const child = spawn('bash', ['-c', script, wayout, reader]);
    const written = { stdout: '', stderr: '' };
    child.stdout.on('data', chunk => {
      written.stdout += chunk;
    });
    child.stderr.on('data', chunk => {
      written.stderr += chunk;
      if (written.stderr === 'ready\n') setTimeout(() => child.stdin.end(foreign), 300);
    });
    await new Promise(resolve => child.on('close', resolve));
    assert.deepEqual(written, { stdout: foreign, stderr: 'ready\n' });
  });

  test('exits with 3 where its output cannot be written', {
    skip: !existsSync('/dev/full') && 'no /dev/full here',
  }, async () => {
    const full = openSync('/dev/full', 'w');
    const { status, stderr } = spawnSync(wayout, ['krm'], {
      input: list(),
      stdio: ['pipe', full, 'pipe'],
      encoding: 'utf8',
    });
    closeSync(full);
    assert.deepEqual([status, stderr], [3, 'wayout: no space left on device\n']);
  });

  test('is content with a reader that leaves early', async () => {
    const documents = Array.from({ length: 3000 }, (_, index) => `${foreign}data: {a: "${index}"}\n`);
    await put('big.yaml', documents.join('---\n'));
    const script = '"$0" render - < big.yaml | head -n 2; echo $PIPESTATUS';
    const { stdout, stderr } = spawnSync('bash', ['-c', script, wayout], { cwd: folder, encoding: 'utf8' });
    assert.deepEqual([stdout, stderr], ['# kept as it is\napiVersion: v1\n0\n', '']);
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
