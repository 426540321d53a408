import { posix } from 'node:path';
import type { Report } from '../diagnostics/report.ts';
import { isManifest, type ManifestFile } from './files.ts';
import { isManifestName } from './find.ts';
import { GitError, git } from './git.ts';
import { codeOf } from './system-error.ts';

/** A folder or a file of a revision, as Git writes it: `origin/main:environments/production`. */
export interface Revision {
  readonly revision: string;
  readonly path: string;
}

/** Reads `REVISION:PATH`; undefined for a text of another form. */
export function revisionIn(text: string): Revision | undefined {
  const [, revision, path] = /^([^:\n]+):([^\n]*)$/.exec(text) ?? [];
  if (revision === undefined || path === undefined) return undefined;
  // Git takes `./` for the current folder, and `.` for a file of that name.
  return { revision, path: path === '.' ? './' : path };
}

/** Reads the manifests of a revision out of Git's store; `absent` if it has no such path, undefined once a reason was reported. */
export async function readRevision(side: Revision, report: Report): Promise<ManifestFile[] | 'absent' | undefined> {
  const { revision, path } = side;
  const where = { file: `${revision}:${path}` };
  try {
    const [commit, found] = await look(`${revision}^{commit}`, `${revision}:${path}`);
    if (commit === undefined) report.add('WO1501', where, { revision, reason: 'there is no such revision here' });
    if (commit === undefined || found === undefined) return commit && 'absent';
    if (found.type === 'tree') return await readTree(side, await treeOf(found.object), report);
    return [{ file: where.file, bytes: (await blobsOf([found.object]))[0] ?? new Uint8Array() }];
  } catch (error) {
    if (error instanceof GitError) report.add('WO1501', where, { revision, reason: error.message });
    else if (codeOf(error) === 'ENOENT') report.add('WO1502', where, {});
    else throw error;
    return undefined;
  }
}

interface Found {
  readonly object: string;
  readonly type: string;
}

/** What names stand for in Git's store; undefined for a name that stands for nothing. */
async function look(...names: readonly string[]): Promise<(Found | undefined)[]> {
  const answer = await git(['cat-file', '--batch-check'], names.map(name => `${name}\n`).join(''));
  return answer
    .toString('utf8')
    .trimEnd()
    .split('\n')
    .map(line => {
      const [, object, type] = /^([0-9a-f]{40,}) (\w+) \d+$/.exec(line) ?? [];
      return object === undefined || type === undefined ? undefined : { object, type };
    });
}

/** An entry of a folder in Git's store; the path counts from that folder. */
interface Entry {
  readonly mode: string;
  readonly object: string;
  readonly path: string;
}

async function treeOf(object: string): Promise<Entry[]> {
  const listed = (await git(['ls-tree', '-r', '-z', '--full-tree', object])).toString('utf8').split('\0');
  return listed.flatMap(line => {
    const [, mode, entry, path] = /^(\d+) \w+ ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
    return mode === undefined || entry === undefined || path === undefined ? [] : [{ mode, object: entry, path }];
  });
}

/** What a patch or a base in another folder would be, nobody can tell without kustomize. */
const kustomization = /^(kustomization\.ya?ml|Kustomization)$/;

const link = '120000';
const submodule = '160000';

/** The same files that a folder on the disk would give. */
async function readTree(side: Revision, tree: readonly Entry[], report: Report): Promise<ManifestFile[]> {
  const entries = tree
    .filter(({ path }) => !/(^|\/)(\.|node_modules(\/|$))/.test(path))
    .filter(({ mode, path }) => mode === link || mode === submodule || isManifestName(path));
  const bytes = await blobsOf(entries.filter(({ mode }) => mode !== submodule).map(({ object }) => object));
  const files: ManifestFile[] = [];
  const built = tree.find(({ path }) => kustomization.test(path));
  if (built !== undefined) report.add('WO1507', { file: nameOf(side, built.path) }, { path: built.path });
  let next = 0;
  for (const { mode, path } of entries) {
    const file = nameOf(side, path);
    const content = mode === submodule ? new Uint8Array() : (bytes[next++] ?? new Uint8Array());
    if (mode === submodule) report.add('WO1503', { file }, { what: 'a submodule' });
    else if (mode !== link) files.push({ file, bytes: content });
    else if (!leadsInside(path, Buffer.from(content).toString('utf8'), entries)) {
      report.add('WO1503', { file }, { what: `a link to ${Buffer.from(content).toString('utf8')}` });
    }
  }
  return files.filter(isManifest);
}

/** A file below a side, as Git names it. */
const nameOf = ({ revision, path }: Revision, file: string): string => `${revision}:${posix.join(path, file)}`;

/** Whether a link leads to a file that is read anyway, or to a folder that holds such files. */
function leadsInside(path: string, target: string, entries: readonly Entry[]): boolean {
  const resolved = posix.join(posix.dirname(path), target).replace(/\/$/, '');
  const read = entries.filter(({ mode }) => mode !== link);
  return (
    !posix.isAbsolute(target) && read.some(entry => entry.path === resolved || entry.path.startsWith(`${resolved}/`))
  );
}

/** The bytes of objects, in their order. */
async function blobsOf(objects: readonly string[]): Promise<Uint8Array[]> {
  if (objects.length === 0) return [];
  const answer = await git(['cat-file', '--batch'], objects.map(object => `${object}\n`).join(''));
  let at = 0;
  return objects.map(object => {
    const end = answer.indexOf('\n', at);
    const [, size] = /^[0-9a-f]+ blob (\d+)$/.exec(answer.toString('latin1', at, end)) ?? [];
    if (size === undefined) throw new GitError(`object ${object} is not there`);
    const start = end + 1;
    at = start + Number(size) + 1;
    return answer.subarray(start, start + Number(size));
  });
}
