import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { environment, root } from '../tools.ts';

/** A container of a pod, as far as it is run here. */
export interface Container {
  readonly name: string;
  readonly image: string;
  readonly command: readonly string[];
  readonly env: readonly { readonly name: string; readonly value: string }[];
  readonly securityContext: { readonly runAsUser: number };
  readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
}

/** Lays out the files that a target of plugin/Dockerfile has, without what its base image brings. */
export function layOut(target: string, folder: string): void {
  const dockerfile = readFileSync(join(root, 'plugin/Dockerfile'), 'utf8');
  const stages = dockerfile.split(/^(?=FROM )/m).slice(1);
  const named = stages.find(stage => stage.split('\n')[0]?.endsWith(` AS ${target}`));
  assert.ok(named, `no target ${target} in plugin/Dockerfile`);
  const base = /^FROM (\w+)/.exec(named)?.[1];
  if (base !== undefined) layOut(base, folder);
  for (const [, from, paths = ''] of named.matchAll(/^COPY (?:--from=(\S+) )?(.+)$/gm)) {
    const [destination = '', ...sources] = paths.split(' ').reverse();
    for (const source of sources) {
      const path =
        from === 'build' ? join(root, source.replace('/build/', '')) : from ? toolOf(source) : join(root, source);
      const into = destination.endsWith('/') ? join(destination, basename(source)) : destination;
      cpSync(path, join(folder, into), { recursive: true });
    }
  }
}

/** A tool that a stage builds: the one on PATH here. */
const toolOf = (path: string): string =>
  spawnSync('which', [basename(path)], { env: environment, encoding: 'utf8' }).stdout.trim();

/** Whether this machine lets a process have mounts and a network of its own. */
export const canContain =
  spawnSync('unshare', [...(process.getuid?.() === 0 ? [] : ['--user', '--map-root-user']), '--mount', '--net', 'true'])
    .status === 0;

/** Runs a container of a pod: its image's files alone, read-only; its user, its volumes, no privilege and no network. */
export function runContainer(
  container: Container,
  image: string,
  volumes: Readonly<Record<string, string>>,
): ChildProcess {
  const mounts = container.volumeMounts.map(({ name, mountPath }) => {
    const folder = volumes[name];
    assert.ok(folder, `no volume ${name}`);
    return `${folder}:${mountPath}`;
  });
  const top = `${image}-root`;
  mkdirSync(top);
  const env = {
    PATH: '/node:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    ...Object.fromEntries(container.env.map(({ name, value }) => [name, value])),
  };
  return spawn(
    join(root, 'test/argocd/container.sh'),
    [image, top, String(container.securityContext.runAsUser), process.execPath, ...mounts, '--', ...container.command],
    { env },
  );
}

/** A folder for an emptyDir: whoever runs may write. */
export function emptyDir(folder: string): string {
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o777);
  return folder;
}
