import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { root, stdoutOf } from './tools.ts';

const work = mkdtempSync(join(tmpdir(), 'wayout release '));
after(() => rmSync(work, { recursive: true }));

/** The sources in a folder of their own: what is built or installed is left behind. */
function copy(name: string): string {
  const folder = join(work, name);
  const left = new Set(['.git', 'node_modules', 'dist', 'release', 'lib', 'wayout']);
  cpSync(root, folder, {
    recursive: true,
    filter: path =>
      path === root ||
      !path
        .slice(root.length)
        .split('/')
        .some(part => left.has(part)),
  });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

const node = (folder: string, ...args: readonly string[]) =>
  spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

describe('a release', () => {
  const folders = ['one', 'two'].map(copy);
  const made = folders.map(folder => join(folder, 'release'));

  test('is the same bytes, wherever it is made', () => {
    for (const folder of folders) stdoutOf(node(folder, 'scripts/release.mjs'));
    const [one, two] = made.map(folder =>
      readdirSync(folder).map(name => [name, sha256(readFileSync(join(folder, name)))]),
    );
    assert.deepEqual(one, two);
    assert.equal(one?.length, 3);
  });

  test('has checksums that fit, an SBOM of what is bundled, and a tarball that runs', () => {
    const [folder = ''] = made;
    for (const [, digest, name = ''] of readFileSync(join(folder, 'SHA256SUMS'), 'utf8').matchAll(/^(\S+) {2}(\S+)$/gm))
      assert.equal(sha256(readFileSync(join(folder, name))), digest, name);
    const [tarball = '', bill = ''] = ['.tgz', '.cdx.json'].map(
      end => readdirSync(folder).find(name => name.endsWith(end)) ?? '',
    );
    const { metadata, components, serialNumber } = JSON.parse(readFileSync(join(folder, bill), 'utf8'));
    assert.equal(metadata.component.name, 'wayout');
    assert.match(serialNumber, /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
    const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const names = components.map(({ name }: { readonly name: string }) => name);
    for (const name of [...Object.keys(dependencies), 'braces']) assert.ok(names.includes(name), name);
    for (const name of ['typescript', 'zod', 'esbuild']) assert.ok(!names.includes(name), name);
    const prefix = join(work, 'installed');
    // Without scripts, and without the network.
    const install = ['install', '--global', '--offline', '--ignore-scripts', '--prefix', prefix, join(folder, tarball)];
    stdoutOf(
      spawnSync('npm', install, { encoding: 'utf8', env: { ...process.env, npm_config_cache: join(work, 'cache') } }),
    );
    const input = join(root, 'test/cases/direct-host/input.yaml');
    const rendered = stdoutOf(spawnSync(join(prefix, 'bin/wayout'), ['render', input], { encoding: 'utf8' }));
    assert.equal(rendered, readFileSync(join(root, 'test/cases/direct-host/output.yaml'), 'utf8'));
  });

  test('records what it renders, and a later change has to be said in CHANGELOG.md', () => {
    const [folder = ''] = folders;
    const check = () => node(folder, 'scripts/check-rendered.mjs');
    const changelog = join(folder, 'CHANGELOG.md');
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    // As it will be after a release, whatever stands there now.
    const unreleased = '# Changelog\n\n## Unreleased\n\n';
    writeFileSync(changelog, unreleased);
    assert.match(stdoutOf(check()), /there is no release yet/);
    const record = `import('./scripts/rendered.mjs').then(({ record }) => record('${version}'))`;
    assert.match(node(folder, '--eval', record).stderr, /CHANGELOG\.md has no heading/);
    writeFileSync(changelog, `${unreleased}## ${version} - 2026-12-01\n\n- First.\n`);
    for (let time = 0; time < 2; time += 1) stdoutOf(node(folder, '--eval', record));
    assert.match(readFileSync(changelog, 'utf8'), /^## .*\n\nRendered digest: `sha256:[0-9a-f]{64}`\n\n- First\.\n$/m);
    assert.match(stdoutOf(check()), /what the last release rendered/);
    appendFileSync(join(folder, 'test/cases/direct-host/output.yaml'), '# other bytes\n');
    const { status, stderr } = check();
    assert.equal(status, 1);
    assert.match(stderr, /^test\/cases\/direct-host renders other bytes than in /);
    writeFileSync(
      changelog,
      readFileSync(changelog, 'utf8').replace(unreleased, `${unreleased}- \`direct-host\` has a comment.\n\n`),
    );
    stdoutOf(check());
    appendFileSync(join(folder, 'test/released.json'), ' ');
    assert.match(check().stderr, /test\/released\.json is not what .* recorded/);
  });
});
