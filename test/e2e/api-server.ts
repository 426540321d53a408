import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from './tools.ts';

/** The accounts of the token file, and their group. */
const accounts = { admin: 'system:masters', reader: 'readers', stranger: 'strangers' } as const;

type Account = keyof typeof accounts;

/** A real kube-apiserver with its etcd, on loopback, in a folder of its own. */
export interface ApiServer {
  /** A kubeconfig for an account; `nobody` has a token that the server does not know. */
  kubeconfig(account: Account | 'nobody', server?: string): string;
  /** Sends a request as admin; the answer's status and text. */
  send(method: string, path: string, body?: unknown, contentType?: string): Promise<{ status: number; text: string }>;
  /** Ends the API server at once, as a crash would. */
  kill(): Promise<void>;
  /** Ends both. */
  stop(): Promise<void>;
}

const built = (): { readonly binary: string } | { readonly missing: string } => {
  if (spawnSync('etcd', ['--version']).status !== 0) return { missing: 'needs etcd (Debian: etcd-server)' };
  const { status, stdout, stderr } = spawnSync(join(root, 'test/apiserver/build.sh'), { encoding: 'utf8' });
  return status === 0 ? { binary: stdout.trim() } : { missing: `kube-apiserver is not built: ${stderr.trim()}` };
};

const found = built();

/** For tests that need the real API server: skipped, with the reason, where it is not to be had; with E2E=required they fail. */
export const needsApiServer =
  'missing' in found && process.env.E2E !== 'required' ? { skip: found.missing } : { timeout: 300_000 };

/** Starts etcd and the API server, and waits until it is ready. */
export async function startApiServer(): Promise<ApiServer> {
  assert.ok('binary' in found, 'missing' in found ? found.missing : '');
  const folder = mkdtempSync(join(tmpdir(), 'wayout-api-'));
  const [client, peer, secure] = await Promise.all([freePort(), freePort(), freePort()]);
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  writeFileSync(join(folder, 'sa.key'), privateKey.export({ type: 'sec1', format: 'pem' }));
  const tokens = Object.entries(accounts).map(([name, group]) => `${name}-token,${name},${name},"${group}"`);
  writeFileSync(join(folder, 'tokens.csv'), `${tokens.join('\n')}\n`);
  mkdirSync(join(folder, 'certs'));

  const local = (port: number) => `http://127.0.0.1:${port}`;
  const etcd = start('etcd', folder, [
    ...['--data-dir', join(folder, 'etcd'), '--unsafe-no-fsync', '--log-level', 'error'],
    ...['--listen-client-urls', local(client), '--advertise-client-urls', local(client)],
    ...['--listen-peer-urls', local(peer), '--initial-advertise-peer-urls', local(peer)],
    ...['--initial-cluster', `default=${local(peer)}`],
  ]);
  const api = start(found.binary, folder, [
    `--etcd-servers=${local(client)}`,
    ...['--bind-address=127.0.0.1', '--advertise-address=127.0.0.1', `--secure-port=${secure}`],
    ...[`--cert-dir=${join(folder, 'certs')}`, '--service-cluster-ip-range=10.96.0.0/16'],
    ...['--service-account-issuer=https://kubernetes.default.svc', '--api-audiences=https://kubernetes.default.svc'],
    `--service-account-key-file=${join(folder, 'sa.key')}`,
    `--service-account-signing-key-file=${join(folder, 'sa.key')}`,
    ...['--authorization-mode=RBAC', `--token-auth-file=${join(folder, 'tokens.csv')}`],
    '--disable-admission-plugins=ServiceAccount',
  ]);
  const address = `https://127.0.0.1:${secure}`;
  const send: ApiServer['send'] = (method, path, body, contentType = 'application/json') =>
    ask(address, method, path, body, contentType);
  const stop = async (): Promise<void> => {
    // The other way round the API server would wait for its store.
    await ended(api, 'SIGTERM');
    await ended(etcd, 'SIGTERM');
    rmSync(folder, { recursive: true });
  };
  await ready(send, api, folder).catch(async error => {
    await stop();
    throw error;
  });

  return {
    kubeconfig(account, server = address) {
      const file = join(folder, `${account}-${server.replace(/\W+/g, '-')}.kubeconfig`);
      const ca = join(folder, 'certs/apiserver.crt');
      writeFileSync(
        file,
        JSON.stringify({
          apiVersion: 'v1',
          kind: 'Config',
          'current-context': 'test',
          clusters: [{ name: 'test', cluster: { server, 'certificate-authority': ca } }],
          users: [{ name: account, user: { token: `${account}-token` } }],
          contexts: [{ name: 'test', context: { cluster: 'test', user: account } }],
        }),
      );
      return file;
    },
    send,
    kill: () => ended(api, 'SIGKILL'),
    stop,
  };
}

function start(program: string, folder: string, args: readonly string[]): ChildProcess {
  const child = spawn(program, args, { cwd: folder, stdio: ['ignore', 'ignore', 'ignore'] });
  // Nothing that a test starts outlives it.
  process.once('exit', () => child.kill('SIGKILL'));
  return child;
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill(signal);
  await exit;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  assert.ok(typeof address === 'object' && address !== null);
  return address.port;
}

async function ready(send: ApiServer['send'], api: ChildProcess, folder: string): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    assert.equal(api.exitCode, null, `the API server ended: ${folder}`);
    const status = await send('GET', '/readyz').then(
      answer => answer.status,
      () => 0,
    );
    if (status === 200) return;
    await sleep(100);
  }
  assert.fail('the API server is not ready after a minute');
}

const ask = (server: string, method: string, path: string, body: unknown, contentType: string) =>
  new Promise<{ status: number; text: string }>((resolve, reject) => {
    const headers = { authorization: 'Bearer admin-token', 'content-type': contentType };
    // Its certificate is the test's own; the program that is tested does check it.
    const sent = request(server + path, { method, headers, rejectUnauthorized: false }, answer => {
      let text = '';
      answer.setEncoding('utf8').on('data', chunk => (text += chunk));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
    });
    sent.on('error', reject);
    sent.end(body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body));
  });

/** A file of the project, as text. */
export const projectFile = (path: string): string => readFileSync(join(root, path), 'utf8');
