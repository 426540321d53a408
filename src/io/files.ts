import { readFile, realpath, stat } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import type { Report } from '../diagnostics/report.ts';
import { codeOf, reasonOf } from './system-error.ts';

/** A file that was read, under the name that the user knows it by. */
export interface ManifestFile {
  readonly file: string;
  readonly bytes: Uint8Array;
}

/** How far a reader of folders goes. */
export interface Reach {
  /** A folder that counts as output and is passed over, where it lies inside one that is read. */
  readonly except?: string | undefined;
  /** The real path of the repository, which links may not leave; absent, they may not leave the folder that is read. */
  readonly within?: string | undefined;
}

/** Reads the manifests at the paths, each once: files as they are, and what folders hold, in the order of its names. */
export async function readManifests(
  paths: readonly string[],
  { except, within }: Reach,
  report: Report,
): Promise<ManifestFile[]> {
  const skipped = except === undefined ? undefined : await realpath(except).catch(() => undefined);
  const seen = new Set<string>();
  const manifests: ManifestFile[] = [];
  for (const path of paths) {
    for (const { target, ...manifest } of await readPath(path, { except: skipped, within }, report)) {
      if (!seen.has(target)) manifests.push(manifest);
      seen.add(target);
    }
  }
  return manifests;
}

/** A file under the name that the user knows it by, and the one place where it really is. */
interface Found {
  readonly file: string;
  readonly target: string;
}

async function readPath(path: string, reach: Reach, report: Report): Promise<(ManifestFile & Found)[]> {
  try {
    if (!(await stat(path)).isDirectory()) {
      // A pipe that a shell gives a name, `<(…)`, has no other.
      const target = await realpath(path).catch(() => path);
      return await readAll([{ file: path, target }], report);
    }
    const files = await readAll(await find(path, reach, report), report);
    const manifests = files.filter(isManifest);
    if (manifests.length === 0 && !report.failed) report.add('WO1104', { file: path }, { path });
    return manifests;
  } catch (error) {
    addReadError(path, error, report);
    return [];
  }
}

async function readAll(files: readonly Found[], report: Report): Promise<(ManifestFile & Found)[]> {
  const read: (ManifestFile & Found)[] = [];
  for (const found of files) {
    try {
      read.push({ ...found, bytes: await readFile(found.file) });
    } catch (error) {
      addReadError(found.file, error, report);
    }
  }
  return read;
}

/** Adds what the operating system says against reading a file. */
function addReadError(path: string, error: unknown, report: Report): void {
  const reason = reasonOf(error);
  if (codeOf(error) === 'ENOENT') report.add('WO1101', { file: path }, { path });
  else report.add('WO1103', { file: path }, { path, reason });
}

const extension = /\.(ya?ml|json)$/;

/** Whether a file in a folder has the name of a manifest. */
export const isManifestName = (path: string): boolean => extension.test(path);

async function find(folder: string, { except, within }: Reach, report: Report): Promise<Found[]> {
  const root = await realpath(folder);
  const search = { folder, root, within, except, found: new Map(), seen: new Set<string>() };
  await findIn(folder, search, report);
  return Array.from(search.found, ([target, file]) => ({ target, file }));
}

/** A search: the folder that was named, the real paths that bound it, and what it came across. */
interface Search extends Reach {
  readonly folder: string;
  readonly root: string;
  /** The real path of each manifest, and the first name that led to it. */
  readonly found: Map<string, string>;
  /** The real paths of the folders that were looked into. */
  readonly seen: Set<string>;
}

async function findIn(folder: string, search: Search, report: Report): Promise<void> {
  const { default: glob } = await import('fast-glob');
  const root = await realpath(folder);
  if (search.seen.has(root)) return;
  search.seen.add(root);
  const entries = await glob('**/*', {
    cwd: folder,
    ignore: ['**/node_modules'],
    objectMode: true,
    onlyFiles: false,
    // A link is looked at by itself below: one that is followed can leave the folder, or lead around in it.
    followSymbolicLinks: false,
  });
  for (const { path, dirent } of entries.sort((one, other) => (one.path < other.path ? -1 : 1))) {
    const file = join(folder, path);
    if (dirent.isSymbolicLink()) await follow(file, search, report);
    else if (dirent.isFile() && extension.test(path)) keep(file, join(root, path), search);
  }
}

function keep(file: string, target: string, search: Search): void {
  if (!search.found.has(target) && !isExcept(target, search)) search.found.set(target, file);
}

/** Adds what a link leads to inside the bounds; a folder inside the one that is read is found without it. */
async function follow(link: string, search: Search, report: Report): Promise<void> {
  try {
    const target = await realpath(link);
    const isFolder = (await stat(target)).isDirectory();
    if (!isFolder && !extension.test(link)) return;
    if (!isInside(target, search.within ?? search.root)) {
      if (search.within === undefined) report.add('WO1102', { file: link }, { target, folder: search.folder });
      else report.add('WO1410', { file: link }, { path: relative(search.within, target) });
    } else if (!isFolder) keep(link, target, search);
    else if (!isInside(target, search.root)) await findIn(link, search, report);
  } catch (error) {
    if (extension.test(link)) addReadError(link, error, report);
  }
}

/** Whether a path lies in a folder, or is it; both real. */
export const isInside = (path: string, folder: string): boolean => {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !way.startsWith(sep);
};

/** Whether a file lies in the output folder, where that is itself strictly below the root. */
const isExcept = (file: string, { except, root }: Search): boolean =>
  except !== undefined && except !== root && isInside(except, root) && isInside(file, except);

/**
 * Whether a file of a folder is meant for Kubernetes: Helm values, patches in JSON and the like are not.
 * One that names a group of ours is, whatever it lacks, so that a broken input is reported and never lost.
 */
export function isManifest({ file, bytes }: ManifestFile): boolean {
  if (/^kustomization\.ya?ml$/.test(basename(file))) return false;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isUtf16 = text[0] === 0xfe || text[0] === 0xff;
  if (isUtf16 || text.includes('gloo.solo.io') || text.includes('wayout.dev')) return true;
  return text.includes('apiVersion') && text.includes('kind');
}
