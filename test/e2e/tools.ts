import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

/** The project's folder, whichever compiled test asks. */
export const root = join(import.meta.dirname, '../../..');

/** What a program left behind. */
export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Both flags that kustomize wants before it runs a function. */
export const flags = ['--enable-alpha-plugins', '--enable-exec'] as const;

/** Where .ci/run puts the tools that it builds; a PATH that finds them first. */
const path = [join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'wayout/bin'), process.env.PATH ?? ''].join(
  ':',
);
/** The environment in which tools are found. */
export const environment = { ...process.env, PATH: path };

/** Why a tool is missing; undefined where it is there, in the version that is meant. */
function missingTool(program: string, version: string, args: readonly string[]): string | undefined {
  const found = spawnSync(program, args, { env: environment, encoding: 'utf8' }).stdout?.trim() || 'none';
  if (found === version) return undefined;
  return `needs ${program} ${version}, which \`bash .ci/run\` builds where Go is installed; here is ${found}`;
}

/** What a test is given that needs something: skipped, with the reason, where it is missing; with E2E=required it fails instead. */
const unless = (missing: string | undefined) =>
  missing === undefined || process.env.E2E === 'required' ? {} : { skip: missing };

const missing = missingTool('kustomize', 'v5.8.1', ['version']);

/** For a test that needs the real kustomize. */
export const needsKustomize = unless(missing);

/** For a test that needs the real helm. */
export const needsHelm = unless(missingTool('helm', 'v3.19', ['version', '--short']));

/** Runs the real kustomize. */
export function kustomize(args: readonly string[], cwd = root, env: NodeJS.ProcessEnv = environment): Outcome {
  assert.equal(missing, undefined);
  return spawnSync('kustomize', args, { cwd, env, encoding: 'utf8' });
}

/** `kustomize build` of a folder, with both flags unless others are given. */
export const build = (folder: string, given: readonly string[] = flags): Outcome =>
  kustomize(['build', ...given, folder]);

/** Runs the executable that `npm install` leaves. */
export const wayout = (args: readonly string[], input: string | Buffer = ''): Outcome =>
  spawnSync(join(root, 'plugin/wayout'), args, { input, encoding: 'utf8' });

/** What a program printed; it must have succeeded. */
export function stdoutOf({ status, stdout, stderr }: Outcome): string {
  assert.equal(status, 0, stderr);
  return stdout;
}

/** The objects of a stream, in an order of their own: kustomize sorts what it prints. */
export const objectsOf = (stream: string): unknown[] =>
  parseAllDocuments(stream)
    .map(document => document.toJS())
    .sort((one, other) => (idOf(one) < idOf(other) ? -1 : 1));

interface Identity {
  readonly kind: string;
  readonly metadata: { readonly namespace?: string; readonly name: string };
}

const idOf = ({ kind, metadata }: Identity): string => `${kind}/${metadata.namespace}/${metadata.name}`;

/** A copy of the examples and the executable, in a folder of its own whose path has spaces; gone when this process ends. */
export function copyExamples(): string {
  const folder = mkdtempSync(join(tmpdir(), 'wayout e2e '));
  process.once('exit', () => rmSync(folder, { recursive: true }));
  for (const name of ['kustomize-examples', 'plugin'])
    cpSync(join(root, name), join(folder, name), { recursive: true });
  return join(folder, 'kustomize-examples');
}

/** Writes a kustomization into a new folder beside the examples; `FUNCTION` in it becomes an entry that runs wayout. */
export function kustomization(examples: string, name: string, text: string): string {
  const folder = join(examples, name);
  mkdirSync(folder);
  const entry = (args: string) => `- |-
  apiVersion: wayout.dev/v1alpha1
  kind: EgressConfig
  metadata:
    name: wayout
    annotations:
      config.kubernetes.io/function: |
        exec: {path: ../../plugin/wayout, args: [${args}]}`;
  writeFileSync(
    join(folder, 'kustomization.yaml'),
    text.replace(/^FUNCTION(.*)$/gm, (_, more: string) => entry(`krm${more}`)),
  );
  return folder;
}

/** The folder with the real kpt and the readers of Kubernetes' tools; built where it is not cached. */
export function kptFolder(): string {
  const { status, stdout, stderr } = spawnSync(join(root, 'test/kpt/build.sh'), { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  return stdout.trim();
}

/** For a test that needs the real kpt, which Go builds. */
export const needsKpt = unless(
  spawnSync('go', ['version']).status === 0 ? undefined : 'needs Go 1.26 or later, by which kpt is built',
);
