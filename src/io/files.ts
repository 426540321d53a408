import { readFile, realpath, stat } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import type { Report } from '../diagnostics/report.ts';
import { codeOf, reasonOf } from './system-error.ts';

/** A file that was read, under the name that the user knows it by. */
export interface ManifestFile {
  readonly file: string;
  readonly bytes: Uint8Array;
}

/**
 * Reads the manifests at the paths, each once: files as they are, and what folders hold, in the order of its names.
 * What lies in `except`, where that is a folder inside one of them, counts as output and is passed over.
 */
export async function readManifests(
  paths: readonly string[],
  except: string | undefined,
  report: Report,
): Promise<ManifestFile[]> {
  const skipped = except === undefined ? undefined : await realpath(except).catch(() => undefined);
  const seen = new Set<string>();
  const manifests: ManifestFile[] = [];
  for (const path of paths) {
    for (const { target, ...manifest } of await readPath(path, skipped, report)) {
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

async function readPath(path: string, skipped: string | undefined, report: Report): Promise<(ManifestFile & Found)[]> {
  try {
    if (!(await stat(path)).isDirectory()) {
      // A pipe that a shell gives a name, `<(…)`, has no other.
      const target = await realpath(path).catch(() => path);
      return await readAll([{ file: path, target }], report);
    }
    const files = await readAll(await find(path, skipped, report), report);
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

async function find(folder: string, skipped: string | undefined, report: Report): Promise<Found[]> {
  const { default: glob } = await import('fast-glob');
  const root = await realpath(folder);
  const entries = await glob('**/*', {
    cwd: folder,
    ignore: ['**/node_modules'],
    objectMode: true,
    onlyFiles: false,
    // A link is looked at by itself below: one that is followed can leave the folder, or lead around in it.
    followSymbolicLinks: false,
  });
  const found = new Map<string, string>();
  for (const { path, dirent } of entries.sort((one, other) => (one.path < other.path ? -1 : 1))) {
    const file = join(folder, path);
    const isLink = dirent.isSymbolicLink();
    if (!isLink && !(dirent.isFile() && extension.test(path))) continue;
    const target = isLink ? await targetOf(file, root, folder, report) : join(root, path);
    if (target === undefined || found.has(target) || (skipped !== undefined && isBelow(target, skipped, root)))
      continue;
    found.set(target, file);
  }
  return Array.from(found, ([target, file]) => ({ target, file }));
}

/** The manifest that a link leads to, if it is one inside the folder; a folder there is found without the link. */
async function targetOf(link: string, root: string, folder: string, report: Report): Promise<string | undefined> {
  try {
    const target = await realpath(link);
    const isFolder = (await stat(target)).isDirectory();
    if (!isFolder && !extension.test(link)) return undefined;
    if (isInside(target, root)) return isFolder ? undefined : target;
    report.add('WO1102', { file: link }, { target, folder });
  } catch (error) {
    if (extension.test(link)) addReadError(link, error, report);
  }
  return undefined;
}

const isInside = (path: string, folder: string): boolean => {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !way.startsWith(sep);
};

/** Whether a file lies in an output folder that is itself strictly below the root. */
const isBelow = (file: string, output: string, root: string): boolean =>
  output !== root && isInside(output, root) && isInside(file, output);

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
