import { realpath, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Report } from '../diagnostics/report.ts';
import { addReadError } from './read-error.ts';
import { isInside } from './repository.ts';

/** How far a reader of folders goes. */
export interface Reach {
  /** A folder that counts as output and is passed over, where it lies inside one that is read. */
  readonly except?: string | undefined;
  /** The real path of the repository, which links may not leave; absent, they may not leave the folder that is read. */
  readonly within?: string | undefined;
}

/** A file under the name that the user knows it by, and the one place where it really is. */
export interface Found {
  readonly file: string;
  readonly target: string;
}

/** Whether a file in a folder has the name of a manifest. */
export const isManifestName = (path: string): boolean => /\.(ya?ml|json)$/.test(path);

/** Finds the manifests of a folder, each at its real path under the first name that leads to it; links are followed within bounds. */
export async function find(folder: string, { except, within }: Reach, report: Report): Promise<Found[]> {
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
    else if (dirent.isFile() && isManifestName(path)) keep(file, join(root, path), search);
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
    if (!isFolder && !isManifestName(link)) return;
    if (!isInside(target, search.within ?? search.root)) {
      if (search.within === undefined) report.add('WO1102', { file: link }, { target, folder: search.folder });
      else report.add('WO1410', { file: link }, { path: relative(search.within, target) });
    } else if (!isFolder) keep(link, target, search);
    else if (!isInside(target, search.root)) await findIn(link, search, report);
  } catch (error) {
    if (isManifestName(link)) addReadError(link, error, report);
  }
}

/** Whether a file lies in the output folder, where that is itself strictly below the root. */
const isExcept = (file: string, { except, root }: Search): boolean =>
  except !== undefined && except !== root && isInside(except, root) && isInside(file, except);
