// What the cases render, as digests: a release records them, and every later change of one is to be said in CHANGELOG.md.
// That output.yaml is what is rendered, test/cases.test.ts shows.
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';

const root = new URL('../', import.meta.url);
const at = path => new URL(path, root);
const sha256 = bytes => createHash('sha256').update(bytes).digest('hex');
const cases = at('test/cases/');
const released = at('test/released.json');

/** A release of CHANGELOG.md, and the line below it that holds the digest of all digests. */
const heading = /^## \[?(\d+\.\d+\.\d+\S*?)\]?(?: .*)?$/m;
const line = /^Rendered digest: `sha256:([0-9a-f]{64})`$/m;

/** The digest of what each case renders; a case that renders nothing has none. */
async function digests() {
  const names = (await readdir(cases)).sort();
  const outputs = await Promise.all(
    names.map(name => readFile(new URL(`${name}/output.yaml`, cases)).catch(() => undefined)),
  );
  return Object.fromEntries(names.flatMap((name, at) => (outputs[at] ? [[name, sha256(outputs[at])]] : [])));
}

/** Writes down what a version renders: its digests, and below its heading in CHANGELOG.md the digest of these. */
export async function record(version) {
  const changelog = await readFile(at('CHANGELOG.md'), 'utf8');
  const [found, last] = heading.exec(changelog) ?? [];
  if (last !== version) throw new Error(`CHANGELOG.md has no heading "## ${version}" above the others`);
  const text = `${JSON.stringify(await digests(), undefined, 2)}\n`;
  await writeFile(released, text);
  const [above, below] = changelog.split(found);
  const stated = `\n\nRendered digest: \`sha256:${sha256(text)}\`\n`;
  await writeFile(
    at('CHANGELOG.md'),
    `${above}${found}${stated}${below.replace(/^\n+(Rendered digest: .*\n+)?/, '\n')}`,
  );
}

/** What is wrong with what the cases render now, beside the last release; undefined where there is no release yet. */
export async function compare() {
  const changelog = await readFile(at('CHANGELOG.md'), 'utf8');
  const release = heading.exec(changelog);
  if (release === null) return undefined;
  const text = await readFile(released, 'utf8').catch(() => '');
  const [unreleased, since] = [changelog.slice(0, release.index), changelog.slice(release.index)];
  if (line.exec(since)?.[1] !== sha256(text)) return [`test/released.json is not what ${release[1]} recorded`];
  const now = await digests();
  return Object.entries(JSON.parse(text))
    .filter(([name, digest]) => now[name] !== digest && !unreleased.includes(`\`${name}\``))
    .map(([name]) => `test/cases/${name} renders other bytes than in ${release[1]}`);
}
