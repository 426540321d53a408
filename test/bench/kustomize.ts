import { type SpawnSyncOptions, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { environment, flags } from '../e2e/tools.ts';
import { externalServices, foreign } from './lists.ts';
import { cache, root } from './programs.ts';
import { median, shuffled } from './rounds.ts';

/** What a whole `kustomize build` of a number of objects takes, wall milliseconds, by the function that is in it. */
export interface Build {
  readonly count: number;
  readonly walls: Readonly<Record<Function, number>>;
}

/** The functions that a build has, as kustomize runs them: relative to the folder that it builds. */
const functions = {
  'no function': undefined,
  'kyaml, no-op': 'exec: {path: ../noop}',
  wayout: 'exec: {path: ../plugin/wayout, args: [krm]}',
} as const;
type Function = keyof typeof functions;
export const functionNames = Object.keys(functions) as Function[];

/** Builds the same objects with each function, in random order in each round. */
export function builds(count: number, rounds: number): Build {
  const base = join(cache, 'kustomize');
  rmSync(base, { recursive: true, force: true });
  mkdirSync(base, { recursive: true });
  cpSync(join(root, 'plugin'), join(base, 'plugin'), { recursive: true });
  cpSync(join(cache, 'noop'), join(base, 'noop'));
  for (const [index, name] of functionNames.entries()) writeFolder(join(base, String(index)), count, functions[name]);
  const taken = functionNames.map((): number[] => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const index of shuffled(functionNames.map((_, index) => index))) {
      const start = performance.now();
      const { status } = spawnSync('kustomize', ['build', ...flags, join(base, String(index))], options);
      if (status !== 0) throw new Error('the bench needs kustomize, which `bash .ci/run` builds');
      taken[index]?.push(performance.now() - start);
    }
  }
  const walls = functionNames.map((name, index) => [name, median(taken[index] ?? [])]);
  return { count, walls: Object.fromEntries(walls) as Build['walls'] };
}

const options: SpawnSyncOptions = {
  env: { ...environment, NODE_EXTRA_CA_CERTS: undefined },
  stdio: ['ignore', 'ignore', 'inherit'],
};

function writeFolder(folder: string, count: number, exec: string | undefined): void {
  mkdirSync(folder);
  // kustomize writes its own annotations.
  const plain = [...foreign(count), ...externalServices(5, 0)].map(text =>
    text.replace(/ {2}annotations:\n(?: {4}.*\n)*/, ''),
  );
  writeFileSync(join(folder, 'objects.yaml'), plain.join('---\n'));
  const transformer =
    exec === undefined
      ? ''
      : `transformers:
- |-
  apiVersion: wayout.dev/v1alpha1
  kind: EgressConfig
  metadata:
    name: wayout
    annotations:
      config.kubernetes.io/function: |
        ${exec}
`;
  writeFileSync(join(folder, 'kustomization.yaml'), `resources: [objects.yaml]\n${transformer}`);
}
