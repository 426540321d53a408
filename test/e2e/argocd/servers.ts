import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { parse } from 'yaml';
import { environment, root } from '../tools.ts';
import { type Answer, type Application, questionOf } from './application.ts';

const built = spawnSync(join(root, 'test/argocd/build.sh'), { encoding: 'utf8' });
const missing = built.status === 0 ? undefined : built.stderr.trim().split('\n').at(-1);

/** For a test that needs Argo CD's servers: skipped, with the reason, where they cannot be built; with E2E=required it fails instead. */
export const needsArgocd = missing === undefined || process.env.E2E === 'required' ? {} : { skip: missing };

/** The folder with Argo CD's servers, what they call, and its own `manifests`. */
export function argocd(): string {
  assert.equal(missing, undefined);
  return built.stdout.trim();
}

/** A ConfigManagementPlugin, as far as it is looked at here. */
export interface Plugin {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly version?: string; readonly [field: string]: unknown };
}

/** A configuration of argocd/, with the paths of this machine in the place of the image's. */
export function shipped(file = 'plugin.yaml'): Plugin {
  const text = readFileSync(join(root, 'argocd', file), 'utf8');
  return parse(
    text.replace('/opt/wayout/wayout', join(root, 'plugin/wayout')).replace('/opt/wayout/', join(root, 'argocd/')),
  );
}

/** The lines that a plugin server has logged so far: what `kubectl logs` would show. */
export type Log = () => readonly { readonly msg: string; readonly level: string; readonly stderr?: string }[];

/** Argo CD's servers for one test file. */
export interface Servers {
  /** The folder that everything of this file lies in. */
  readonly work: string;
  /** The folder of the sockets, by which the repo-server finds plugins. */
  readonly sockets: string;
  /** What runs. */
  readonly processes: () => readonly number[];
  /** Starts a plugin server, and waits until it listens. */
  readonly plugin: (plugin: Plugin) => Promise<Log>;
  /** Waits for a plugin server that was started otherwise. */
  readonly listening: (server: ChildProcess, name: string) => Promise<Log>;
  /** Renders an Application of a folder: the repo-server's own code and the plugin server. */
  readonly render: (application: Application) => Promise<Answer>;
  /** The same of a Git repository, as the application controller asks: with a checkout, and with the cache. */
  readonly refresh: (application: Application) => Promise<Answer>;
  /** What the user interface asks about an Application of a Git repository. */
  readonly details: (application: Application) => Promise<Answer>;
}

/** Gives a test file Argo CD's servers; they end with it. */
export function useArgocd(): Servers {
  const { stop, ...servers } = startArgocd();
  after(stop);
  return servers;
}

/** Argo CD's servers, to be stopped by whoever started them. */
export function startArgocd(): Servers & { readonly stop: () => void } {
  const work = mkdtempSync(join(tmpdir(), 'wayout-argocd-'));
  const sockets = join(work, 'plugins');
  mkdirSync(sockets);
  const children: ChildProcess[] = [];
  const stop = () => {
    // At SIGTERM the plugin server removes its socket and stays.
    for (const child of children) child.kill('SIGKILL');
    rmSync(work, { recursive: true, force: true });
  };
  const run = (program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
    spawn(join(argocd(), program), args, {
      env: { ...environment, ARGOCD_PLUGINSOCKFILEPATH: sockets, ...env },
    });
  let asking: ReturnType<typeof askThrough> | undefined;
  const ask = (what: 'generate' | 'manifests' | 'details', application: Application) => {
    if (asking === undefined) {
      const repoServer = run('argocd', ['repo-server'], { TMPDIR: work, PATH: `${argocd()}:${environment.PATH}` });
      children.push(repoServer);
      asking = askThrough(repoServer);
    }
    return asking({ ask: what, ...questionOf(application) });
  };
  const listening = (server: ChildProcess, name: string) => {
    children.push(server);
    return logOf(server, join(sockets, `${name}.sock`));
  };
  return {
    stop,
    processes: () => children.flatMap(({ pid }) => pid ?? []),
    work,
    sockets,
    plugin(config) {
      const { metadata, spec } = config;
      const name = [metadata.name, spec.version].filter(part => part !== undefined).join('-');
      const folder = join(work, name);
      mkdirSync(folder);
      // JSON is YAML.
      writeFileSync(join(folder, 'plugin.yaml'), JSON.stringify(config));
      const args = ['--config-dir-path', folder, '--loglevel', 'debug'];
      return listening(run('argocd-cmp-server', args, { ARGOCD_CMP_WORKDIR: folder }), name);
    },
    listening,
    render: application => ask('generate', application),
    refresh: application => ask('manifests', application),
    details: application => ask('details', application),
  };
}

/** Waits until a server listens. */
async function logOf(server: ChildProcess, socket: string): Promise<Log> {
  let log = '';
  for (const stream of [server.stdout, server.stderr]) {
    stream?.setEncoding('utf8').on('data', text => {
      log += text;
    });
  }
  const until = Date.now() + 20_000;
  while (!existsSync(socket)) {
    assert.ok(server.exitCode === null && Date.now() < until, `the plugin server does not listen:\n${log}`);
    await setTimeout(20);
  }
  return () =>
    log
      .split('\n')
      .filter(line => line.startsWith('{'))
      .map(line => JSON.parse(line));
}

/** Sends questions to a repo-server and hands out its answers, which come in an order of their own. */
function askThrough(server: ChildProcess): (question: object) => Promise<Answer> {
  const { stdin, stdout } = server;
  assert.ok(stdin && stdout);
  const waiting = new Map<number, (answer: Answer) => void>();
  createInterface({ input: stdout }).on('line', line => {
    const { id, ...answer } = JSON.parse(line);
    waiting.get(id)?.({ manifests: [], parameters: [], error: '', ...answer });
    waiting.delete(id);
  });
  let last = 0;
  return question =>
    new Promise(resolve => {
      last += 1;
      waiting.set(last, resolve);
      stdin.write(`${JSON.stringify({ id: last, ...question })}\n`);
    });
}
