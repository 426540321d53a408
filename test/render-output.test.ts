import assert from 'node:assert/strict';
import { lstat, mkdir, readdir, readFile, rename, rm, stat, symlink, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { folder, foreign, get, put, run, service, useFolders } from './sandbox.ts';

useFolders();

describe('wayout render --output', () => {
  const file = 'out/shop-serviceentry-pay.yaml';

  test('writes a file for each object that wayout made, and leaves equal ones alone', async () => {
    await put('in/settings.yaml', foreign);
    const first = await run('render in --output out');
    assert.deepEqual({ code: first.code, stdout: first.stdout }, { code: 0, stdout: '' }, first.stderr);
    assert.deepEqual(await readdir(join(folder, 'out')), ['shop-serviceentry-pay.yaml']);
    await utimes(join(folder, file), 1, 1);
    await run('render in --output out');
    assert.equal((await stat(join(folder, file))).mtimeMs, 1000);
    await put('in/pay.yaml', service('new.example.com'));
    await run('render in --output out');
    assert.match(await get(file), /new\.example\.com/);
  });

  test('writes nothing if anything is wrong', async () => {
    await put('in/wrong.yaml', service('api.example.org', 'wrong').replace('443', '0'));
    assert.equal((await run('render in --output out')).code, 1);
    await assert.rejects(stat(join(folder, 'out')));
    await rename(join(folder, 'in/wrong.yaml'), join(folder, 'wrong.yaml'));
    await run('render in --output out');
    const made = await get(file);
    await rename(join(folder, 'wrong.yaml'), join(folder, 'in/wrong.yaml'));
    assert.equal((await run('render in --output out --prune')).code, 1);
    assert.equal(await get(file), made);
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
    assert.deepEqual(await readdir(join(folder, 'out')), ['mine.yaml', 'mixed.yaml', 'shop-serviceentry-other.yaml']);
  });

  test('--check shows what is stale as a diff, writes nothing, and is quiet where nothing is', async () => {
    const missing = await run('render in --output out --check');
    assert.equal(missing.code, 1);
    assert.match(
      missing.stdout,
      /^--- \/dev\/null\n\+\+\+ out\/shop-serviceentry-pay\.yaml\n@@ -0,0 \+1,\d+ @@\n\+apiVersion/,
    );
    await assert.rejects(stat(join(folder, 'out')));
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
    await mkdir(join(folder, 'out'));
    await put(file, foreign);
    const { code, stderr } = await run('render in --output out');
    assert.equal(code, 1);
    assert.match(stderr, /^out\/shop-serviceentry-pay\.yaml: error\[WO1106\]/m);
    assert.equal(await get(file), foreign);
    await rm(join(folder, file));
    await run('render in --output out');
    await rename(join(folder, file), join(folder, 'victim.yaml'));
    await symlink('../victim.yaml', join(folder, file));
    await put('in/pay.yaml', service('new.example.com'));
    assert.equal((await run('render in --output out')).code, 1);
    assert.match(await get('victim.yaml'), /api\.example\.com/);
    assert.ok((await lstat(join(folder, file))).isSymbolicLink());
  });

  test('says why a folder cannot be written', async () => {
    await put('out', 'a file');
    const { code, stderr } = await run('render in --output out');
    assert.equal(code, 1);
    assert.match(stderr, /^out: error\[WO1107\]: .* cannot be written: not a directory\n$/m);
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
