import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach } from 'node:test';
import { main } from '../src/command.ts';
import type { Io } from '../src/io/standard.ts';

/** An external service in the namespace `shop`. */
export const service = (host: string, name = 'pay') => `apiVersion: networking.gloo.solo.io/v2
kind: ExternalService
metadata:
  name: ${name}
  namespace: shop
spec:
  hosts:
  - ${host}
  ports:
  - name: https
    number: 443
    protocol: HTTPS
`;
/** An object that is not ours, in a spelling that no printer would choose. */
export const foreign = `# kept as it is
apiVersion: v1
kind: ConfigMap
metadata: {name: settings,   namespace: shop}
`;

/** The folder of the test that runs: `in` holds one external service, `out` is not there yet. */
export let folder = '';

/** Gives each test of a file a folder of its own. */
export function useFolders(): void {
  let root: string;
  before(async () => {
    root = await mkdtemp(join(tmpdir(), 'wayout-'));
  });
  after(() => rm(root, { recursive: true }));
  beforeEach(async () => {
    folder = await mkdtemp(join(root, 'case-'));
    await mkdir(join(folder, 'in'));
    await put('in/pay.yaml', service('api.example.com'));
  });
}

/** Writes a file of the test's folder. */
export const put = (path: string, text: string | Uint8Array): Promise<void> => writeFile(join(folder, path), text);

/** Reads a file of the test's folder. */
export const get = (path: string): Promise<string> => readFile(join(folder, path), 'utf8');

/** What a command line answered. */
interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line in this process, with the words `in` and `out` for the folders of the test. */
export async function run(
  line: string,
  { stdin = '', terminal = false, env = {} as Io['env'] } = {},
): Promise<Outcome> {
  const written = { stdout: '', stderr: '' };
  const args = line.split(' ').map(word => (/^(in|out)(\/|$)/.test(word) ? join(folder, word) : word));
  const code = await main(
    args.filter(word => word !== ''),
    {
      stdin: () => Buffer.from(stdin),
      stdout: text => {
        written.stdout += text;
      },
      stderr: text => {
        written.stderr += text;
      },
      isTerminal: () => terminal,
      env,
      version: '0.0.0-test',
    },
  );
  const short = (text: string) => text.replaceAll(`${folder}/`, '');
  return { code, stdout: short(written.stdout), stderr: short(written.stderr) };
}

/** A ResourceList in JSON. */
export const list = (...items: readonly unknown[]) =>
  JSON.stringify({ apiVersion: 'config.kubernetes.io/v1', kind: 'ResourceList', items });
/** The same object that is not ours, as an item. */
export const settings = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace: 'shop' } };
/** The same external service, as kustomize hands it over. */
export const item = (host: string, number = 443) => ({
  apiVersion: 'networking.gloo.solo.io/v2',
  kind: 'ExternalService',
  metadata: {
    name: 'pay',
    namespace: 'shop',
    annotations: { 'internal.config.kubernetes.io/path': 'apps/pay.yaml', 'internal.config.kubernetes.io/index': '1' },
  },
  spec: { hosts: [host], ports: [{ name: 'https', number, protocol: 'HTTPS' }] },
});
