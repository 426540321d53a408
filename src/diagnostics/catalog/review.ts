import { error, info } from './entry.ts';

/** WO1501 to WO1549: the two sides of a comparison. */
export const review = {
  WO1501: error('A revision cannot be read', ({ revision, reason }: { revision: string; reason: string }) => ({
    message: `Git does not give revision ${revision}: ${reason}`,
    hint: 'a side is a folder, a file, or REVISION:PATH with the path from the top of the repository; a shallow clone lacks what it did not fetch',
  })),
  WO1502: error('No Git', () => ({
    message: 'a revision is read with Git, and there is none on the PATH',
    hint: 'install it, or compare two folders',
  })),
  WO1503: error('A revision refers elsewhere', ({ what }: { what: string }) => ({
    message: `this is ${what}, and what it leads to is not read from a revision`,
    hint: 'check the revision out (git worktree add) and compare the folders',
  })),
  WO1504: error('Nothing to compare', ({ path }: { path: string }) => ({
    message: `the revision has no ${path}`,
    hint: 'a path may be absent on one side only if both sides name the same one',
  })),
  WO1505: info('A side that is empty', ({ path }: { path: string }) => ({
    message: `the revision has no ${path}: it is compared as empty`,
  })),
  WO1506: error('A side without objects', ({ path }: { path: string }) => ({
    message: `${path} holds no object`,
    hint: 'the command that was to write it may have failed; /dev/null stands for a side that is empty',
  })),
  WO1507: error('A kustomization in a revision', ({ path }: { path: string }) => ({
    message: `${path} is for kustomize, which builds no revisions`,
    hint: 'check the revision out (git worktree add) and name the folder there, or compare what was rendered',
  })),
};
