import { existsSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { dirname, join, normalize, relative, sep } from 'node:path';

/**
 * The real path of the folder that links may not leave: the repository that Argo CD unpacked, whose folder `sourcePath`
 * is the working directory; on a laptop the one with `.git`; else the folder itself.
 */
export async function repositoryOf(folder: string, sourcePath: string | undefined): Promise<string> {
  const target = await realpath(folder);
  // What lies in an unpacked repository is its authors' word, a `.git` too.
  if (sourcePath !== undefined) return above(await realpath('.'), normalize(sourcePath)) ?? target;
  for (let at = target; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
    if (at === dirname(at)) return target;
  }
}

/** The folder in which a path leads to another folder; undefined where it does not. */
function above(folder: string, path: string): string | undefined {
  const way = path.replace(/\/$/, '');
  if (way === '.') return folder;
  return folder.endsWith(`${sep}${way}`) ? folder.slice(0, -way.length - 1) || sep : undefined;
}

/** Whether a path lies in a folder, or is it; both real. */
export const isInside = (path: string, folder: string): boolean => {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !way.startsWith(sep);
};
