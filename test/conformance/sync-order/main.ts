import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { stringify } from 'yaml';

// The waves of each sync that is replayed, and of syncs at random, as Argo CD's own engine makes them. The last line is `N passed, M failed`.
const tests = join(import.meta.dirname, '../../../../test');

/** What a program printed. */
function said(program: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(`${program} ended with ${status}: ${stderr}`);
  return stdout;
}

/** A sync as the checker replays it: what each wave changes. */
interface Replayed {
  readonly case: string;
  readonly sync: 'replay' | 'replay back';
  readonly over: string;
  readonly waves: readonly (readonly string[])[];
}

const linesOf = <T>(output: string): readonly T[] =>
  output
    .trim()
    .split('\n')
    .map(line => JSON.parse(line));

const work = mkdtempSync(join(tmpdir(), 'wayout-sync-order-'));
const nothing = join(work, 'nothing.yaml');

/** The objects before and after a sync. */
function filesOf({ case: name, sync, over }: Replayed): readonly [string, string] {
  const before = over === 'nothing' ? nothing : join(dirname(name), over, 'output.yaml');
  const after = join(name, 'output.yaml');
  return sync === 'replay' ? [before, after] : [after, before];
}

const kinds = ['AuthorizationPolicy', 'DestinationRule', 'Gateway', 'ServiceEntry', 'Sidecar', 'VirtualService'];

/** How an object stands on one side of a sync. */
interface Standing {
  readonly wave: number;
  readonly prunedLast: boolean;
}

/** An object, and where it stands. */
interface Changing {
  readonly kind: string;
  readonly before: Standing | null;
  readonly after: Standing | null;
}

const standing = fc.record<Standing>({ wave: fc.integer({ min: -3, max: 3 }), prunedLast: fc.boolean() });
const changing = fc.record<Changing>({
  kind: fc.constantFrom(...kinds),
  before: fc.option(standing),
  after: fc.option(standing),
});

/** Writes two folders between which a sync is replayed; gives the second. */
function written(objects: readonly Changing[], number: number): string {
  for (const side of ['before', 'after'] as const) {
    const documents = objects.flatMap(({ kind, [side]: stands }, index) =>
      stands === null
        ? []
        : stringify({
            apiVersion: `${kind === 'AuthorizationPolicy' ? 'security' : 'networking'}.istio.io/v1`,
            kind,
            metadata: {
              name: `object-${index}`,
              namespace: 'shop',
              annotations: {
                'argocd.argoproj.io/sync-wave': String(stands.wave),
                ...(stands.prunedLast && { 'argocd.argoproj.io/sync-options': 'PruneLast=true' }),
              },
            },
          }),
    );
    const folder = join(work, `${side}-${number}`);
    mkdirSync(folder);
    writeFileSync(join(folder, 'output.yaml'), documents.join('---\n'));
    writeFileSync(join(folder, 'calls.yaml'), side === 'after' ? `replayOver: before-${number}\n` : '');
  }
  return join(work, `after-${number}`);
}

try {
  writeFileSync(nothing, '');
  const random = fc.sample(fc.array(changing, { maxLength: 12 }), { numRuns: 100, seed: 8 }).map(written);
  const replayed = linesOf<Replayed>(
    said(join(tests, 'conformance/run.sh'), ['-order', join(tests, 'cases'), ...random]),
  );
  const servers = said(join(tests, 'argocd/build.sh'), []).trim();
  const waves = linesOf(said(join(servers, 'argocd'), ['sync', ...replayed.flatMap(filesOf)]));
  const wrong = replayed.filter((sync, index) => !isDeepStrictEqual(sync.waves, waves[index]));
  for (const sync of wrong)
    console.log(
      `FAIL  ${sync.case}: ${sync.sync}\n  Argo CD ${JSON.stringify(waves[replayed.indexOf(sync)])}\n  we      ${JSON.stringify(sync.waves)}`,
    );
  console.log(`\n${replayed.length - wrong.length} passed, ${wrong.length} failed`);
  process.exitCode = wrong.length === 0 ? 0 : 1;
} finally {
  rmSync(work, { recursive: true });
}
