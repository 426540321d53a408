// Makes what a release consists of, in release/ or the folder that is named: the npm tarball, an SBOM, and their checksums.
// The same sources give the same bytes, with the same Node and npm. With --record it also writes down, in CHANGELOG.md and
// test/released.json, what this version renders.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { record } from './rendered.mjs';

const root = fileURLToPath(new URL('../', import.meta.url));
const { values, positionals } = parseArgs({ allowPositionals: true, options: { record: { type: 'boolean' } } });
const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
const { name, version, dependencies } = manifest;
const output = resolve(root, positionals[0] ?? 'release');

const npm = (args, cwd = root) =>
  execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
const sha256 = bytes => createHash('sha256').update(bytes).digest('hex');

/** Packs what `files` names. Every package is bundled already: whoever installs the tarball fetches none. */
async function pack() {
  const { description, license, type, engines, bin, files } = manifest;
  const staged = await mkdtemp(join(tmpdir(), 'wayout-release-'));
  for (const path of ['README.md', 'LICENSE', ...files.filter(path => !path.startsWith('!'))])
    await cp(join(root, path), join(staged, path), { recursive: true });
  const own = { name, version, description, license, type, engines, bin, files };
  await writeFile(join(staged, 'package.json'), `${JSON.stringify(own, undefined, 2)}\n`);
  npm(['pack', '--silent', '--ignore-scripts', '--pack-destination', output], staged);
  await rm(staged, { recursive: true });
}

/** The SBOM of what is bundled, from the lock file, without what npm makes up anew each time. */
function sbom() {
  const { serialNumber: _, ...bom } = JSON.parse(npm(['sbom', '--package-lock-only', '--sbom-format', 'cyclonedx']));
  delete bom.metadata.timestamp;
  // npm names it after the folder that it lies in.
  bom.metadata.component.name = name;
  // Not by --omit dev: npm then leaves out what a tool of development needs too.
  const edges = new Map(bom.dependencies.map(({ ref, dependsOn }) => [ref, dependsOn]));
  const top = bom.metadata.component['bom-ref'];
  const direct = edges.get(top).filter(ref => ref.slice(0, ref.lastIndexOf('@')) in dependencies);
  const bundled = new Set(direct);
  for (const ref of bundled) for (const next of edges.get(ref)) bundled.add(next);
  const own = {
    ...bom,
    components: bom.components.filter(component => bundled.has(component['bom-ref'])),
    dependencies: [{ ref: top, dependsOn: direct }, ...bom.dependencies.filter(({ ref }) => bundled.has(ref))],
  };
  // A UUID made of a digest: version 8 is for what a maker defines.
  const uuid = sha256(JSON.stringify(own)).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-8$3-8$4-$5');
  return `${JSON.stringify({ ...own, serialNumber: `urn:uuid:${uuid}` }, undefined, 2)}\n`;
}

if (values.record) await record(version);
await rm(output, { recursive: true, force: true });
await mkdir(output, { recursive: true });
npm(['run', '--silent', 'build']);
await pack();
const files = [`${name}-${version}.tgz`, `${name}-${version}.cdx.json`];
await writeFile(join(output, files[1]), sbom());
const sums = await Promise.all(files.map(async file => `${sha256(await readFile(join(output, file)))}  ${file}\n`));
await writeFile(join(output, 'SHA256SUMS'), sums.join(''));
process.stdout.write(sums.join(''));
