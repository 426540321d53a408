import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, connect as dial, type Server } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { connect } from '../../src/io/cluster.ts';
import { istioKinds } from '../../src/live/kinds.ts';
import { needsApiServer } from './api-server.ts';
import { type LiveCluster, startCluster } from './live-cluster.ts';
import { type Outcome, root } from './tools.ts';

describe('an API server with much to say, and one that says nothing', needsApiServer, () => {
  let cluster: LiveCluster;
  before(async () => {
    cluster = await startCluster();
    const { stdout } = cluster.wayout(['config', '--live', 'sources']);
    writeFileSync(join(cluster.folder, 'egress.yaml'), stdout);
  });
  after(() => cluster?.stop());

  test('5,000 ServiceEntries come in pages, with progress', async () => {
    for (let start = 0; start < 5000; start += 100)
      await Promise.all(
        Array.from({ length: 100 }, (_, index) => {
          const name = `many-${start + index}`;
          const spec = {
            hosts: [`${name}.example`],
            ports: [{ number: 443, name: 'tls', protocol: 'TLS' }],
            resolution: 'DNS',
          };
          const path = '/apis/networking.istio.io/v1/namespaces/default/serviceentries';
          return cluster.api.send('POST', path, {
            apiVersion: 'networking.istio.io/v1',
            kind: 'ServiceEntry',
            metadata: { name },
            spec,
          });
        }),
      );
    const pages: number[] = [];
    process.env.KUBECONFIG = cluster.api.kubeconfig('reader');
    const server = await connect({ timeout: 60, onPage: (_, count) => pages.push(count) });
    const [serviceEntries] = istioKinds;
    assert.ok(serviceEntries !== undefined);
    const entries = await server.list(serviceEntries);
    assert.equal(entries?.length, 5000);
    assert.deepEqual(
      pages,
      Array.from({ length: 10 }, (_, index) => 500 * (index + 1)),
    );
    const { status, stderr } = cluster.check(['--config', 'egress.yaml']);
    assert.equal(status, 0, stderr);
  });

  test('a slow API server: the time-out is named', async () => {
    const silent = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { status, stderr } = await through(silent, ['--timeout', '1']);
    assert.equal(status, 1);
    assert.match(
      stderr,
      /^error\[WO5002\]: https:\/\/127\.0\.0\.1:\d+ could not be asked to the end: no answer within 1 s to GET \/api\/v1\/namespaces\n/,
    );
  });

  test('an API server that dies half-way: a clear error, and nothing is written', async () => {
    // Passes the bytes on; at the sixth question the server is gone.
    const target = Number(
      new URL(JSON.parse(readFileSync(cluster.api.kubeconfig('reader'), 'utf8')).clusters[0].cluster.server).port,
    );
    let questions = 0;
    const between = createServer(socket => {
      questions += 1;
      if (questions === 6) void cluster.api.kill();
      const onward = dial(target, '127.0.0.1');
      socket.pipe(onward).pipe(socket);
      for (const [end, other] of [
        [socket, onward],
        [onward, socket],
      ] as const)
        end.on('error', () => other.destroy());
    }).listen(0, '127.0.0.1');
    await once(between, 'listening');
    const { status, stdout, stderr } = await through(between, ['--config', join(cluster.folder, 'egress.yaml')]);
    assert.ok(questions >= 6);
    assert.equal(status, 1);
    assert.equal(stdout, '');
    assert.match(stderr, /^error\[WO5002\]: https:\/\/127\.0\.0\.1:\d+ could not be asked to the end: /);
    assert.match(stderr, /hint: nothing was written/);
    assert.doesNotMatch(stderr, /\n {4}at |internal error/);
  });

  /** Runs a check whose kubeconfig leads to another server; not synchronously, since that one runs here. */
  async function through(server: Server, args: readonly string[]): Promise<Outcome> {
    const address = server.address();
    assert.ok(typeof address === 'object' && address !== null);
    const kubeconfig = cluster.api.kubeconfig('reader', `https://127.0.0.1:${address.port}`);
    const child = spawn(join(root, 'plugin/wayout'), ['check', '--live', ...args, 'sources'], {
      cwd: cluster.folder,
      env: { ...process.env, KUBECONFIG: kubeconfig },
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', chunk => (stdout += chunk));
    child.stderr.on('data', chunk => (stderr += chunk));
    const [status] = await once(child, 'close');
    server.close();
    return { status, stdout, stderr };
  }
});
