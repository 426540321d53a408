import { execFile } from 'node:child_process';

/** What Git said when it could not do what it was asked for. */
export class GitError extends Error {}

/** Runs Git on the repository of the current folder, without a shell; throws what the system says if there is no Git. */
export function git(args: readonly string[], input = ''): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      'git',
      args,
      // A partial clone would fetch what it lacks: comparing asks no network.
      { encoding: 'buffer', maxBuffer: 2 ** 30, env: { ...process.env, GIT_NO_LAZY_FETCH: '1', LC_ALL: 'C' } },
      (error, stdout, stderr) => {
        if (error === null) resolve(stdout);
        else if (error.code === 'ENOENT') reject(error);
        else
          reject(
            new GitError(
              stderr
                .toString('utf8')
                .split('\n')[0]
                ?.replace(/^fatal: /, '') ?? error.message,
            ),
          );
      },
    );
    child.stdin?.on('error', () => {}).end(input);
  });
}
