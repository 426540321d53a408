import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { kptFolder, needsKpt, root } from './tools.ts';

const config = `apiVersion: wayout.dev/v1alpha1
kind: EgressConfig
metadata:
  name: egress
  annotations:
    config.kubernetes.io/local-config: "true"
spec:
  sources: keep
  registryOnly: [shop]
`;

const service = (name: string): string => `# ${name}: written by hand
apiVersion: networking.gloo.solo.io/v2
kind: ExternalService
metadata:
  name: ${name}
  namespace: shop
  annotations:
    config.kubernetes.io/local-config: "true"
spec:
  hosts: [api.${name}.example] # flow style stays
  ports: [{name: https, number: 443, protocol: HTTPS}]
`;

const app = `apiVersion: v1
kind: ConfigMap # mine
metadata: {name: app, namespace: shop}
data:
  mode: 0644
  yes: 'no'
`;

const kptfile = (pipeline: string): string => `apiVersion: kpt.dev/v1
kind: Kptfile
metadata:
  name: package
${pipeline === '' ? '' : `pipeline:\n${pipeline}`}`;

const mutator = (more = ''): string => `  mutators:\n  - exec: ${join(root, 'plugin/wayout')} krm\n${more}`;
const exec = `${join(root, 'plugin/wayout')} krm`;

/** A way to have kpt run wayout: what is in the package beside the sources, and how kpt is called. */
const modes: readonly {
  readonly shows: string;
  readonly files: Readonly<Record<string, string>>;
  readonly args: readonly string[];
}[] = [
  {
    shows: 'render, the config among the resources of the package',
    files: { Kptfile: kptfile(mutator()), 'egress.yaml': config },
    args: ['render', 'package', '--allow-exec'],
  },
  {
    shows: 'render, the config in the package and named by configPath',
    files: { Kptfile: kptfile(mutator('    configPath: egress.yaml\n')), 'egress.yaml': config },
    args: ['render', 'package', '--allow-exec'],
  },
  {
    shows: 'render, the config as a configMap of the Kptfile',
    files: { Kptfile: kptfile(mutator('    configMap: {sources: keep, registryOnly: "[shop]"}\n')) },
    args: ['render', 'package', '--allow-exec'],
  },
  {
    shows: 'render, and a validator behind it',
    files: {
      Kptfile: kptfile(`${mutator()}  validators:\n  - exec: ${exec} --validate\n`),
      'egress.yaml': config,
    },
    args: ['render', 'package', '--allow-exec'],
  },
  {
    shows: 'eval, the config among the resources of the package',
    files: { Kptfile: kptfile(''), 'egress.yaml': config },
    args: ['eval', 'package', '--exec', exec],
  },
  {
    shows: 'eval, the config in the package and named by --fn-config',
    files: { Kptfile: kptfile(''), 'egress.yaml': config },
    args: ['eval', 'package', '--exec', exec, '--fn-config', 'package/egress.yaml'],
  },
  {
    shows: 'eval, the config outside of the package',
    files: { Kptfile: kptfile(''), '../egress.yaml': config },
    args: ['eval', 'package', '--exec', exec, '--fn-config', 'egress.yaml'],
  },
  {
    shows: 'eval, the config as arguments',
    files: {},
    args: ['eval', 'package', '--exec', exec, '--', 'sources=keep', 'registryOnly=[shop]'],
  },
];

describe('kpt', needsKpt, () => {
  let tools: string;
  before(() => {
    tools = kptFolder();
  });

  /** A new folder with a package in it; gone when this process ends. */
  function packageWith(files: Readonly<Record<string, string>>): string {
    const folder = mkdtempSync(join(tmpdir(), 'wayout-kpt-'));
    process.once('exit', () => rmSync(folder, { recursive: true }));
    mkdirSync(join(folder, 'package/apps'), { recursive: true });
    const all = { 'pay.yaml': service('pay'), 'apps/mail.yaml': service('mail'), 'apps/app.yaml': app, ...files };
    for (const [name, text] of Object.entries(all)) writeFileSync(join(folder, 'package', name), text);
    return folder;
  }

  function kpt(folder: string, args: readonly string[]): string {
    const { status, stdout, stderr } = spawnSync(join(tools, 'kpt'), ['fn', ...args], {
      cwd: folder,
      encoding: 'utf8',
    });
    assert.equal(status, 0, stdout + stderr);
    return stdout + stderr;
  }

  /** Every file of a package, by its path. */
  const filesIn = (folder: string): ReadonlyMap<string, string> =>
    new Map(
      readdirSync(join(folder, 'package'), { recursive: true, withFileTypes: true })
        .filter(entry => entry.isFile())
        .map(entry => join(entry.parentPath, entry.name))
        .sort()
        .map(path => [path.slice(join(folder, 'package/').length), readFileSync(path, 'utf8')]),
    );

  /** What differs between two states of a package: `+ file`, `- file`, `~ file`. */
  function changes(base: ReadonlyMap<string, string>, head: ReadonlyMap<string, string>): readonly string[] {
    const names = [...new Set([...base.keys(), ...head.keys()])].sort();
    return names
      .filter(name => base.get(name) !== head.get(name))
      .map(name => `${!base.has(name) ? '+' : head.has(name) ? '~' : '-'} ${name}`);
  }

  for (const { shows, files, args } of modes) {
    test(`${shows}: nothing of the package is lost or changed, and the second run changes nothing`, () => {
      const folder = packageWith(files);
      const given = filesIn(folder);
      kpt(folder, args);
      const first = filesIn(folder);
      const added = changes(given, first);
      assert.deepEqual(
        added.filter(change => !/^\+ .*istio\.ya?ml$|^\+ shop\/sidecar_registry-only\.yaml$/.test(change)),
        [],
      );
      assert.deepEqual(
        added.filter(change => change.includes('pay') || change.includes('mail')),
        ['+ apps/mail.istio.yaml', '+ pay.istio.yaml'],
      );
      kpt(folder, args);
      assert.deepEqual(changes(first, filesIn(folder)), []);
    });

    test(`${shows}: what a source that is gone had made goes, and nothing else`, () => {
      const folder = packageWith(files);
      kpt(folder, args);
      const before = filesIn(folder);
      rmSync(join(folder, 'package/pay.yaml'));
      kpt(folder, args);
      assert.deepEqual(changes(before, filesIn(folder)), ['- pay.istio.yaml', '- pay.yaml']);
    });
  }
});
