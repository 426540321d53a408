import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { codes as known } from '../src/diagnostics/catalog.ts';
import { compare, runIn } from './folder.ts';
import { invariants } from './invariants/index.ts';

// Each folder of test/traps is a configuration that looks right and is not: broken.yaml, and what istiod does with it, which test/conformance checks.
// Here: what we do instead. Either a code of ours answers the input (input.yaml in the folder, or a folder of test/cases), or an invariant keeps us from it.
const root = join(import.meta.dirname, '../..');
const traps = join(root, 'test/traps');

interface Trap {
  readonly title: string;
  readonly short: string;
  readonly writes: string;
  readonly effect: string;
  readonly silent: string;
  readonly instead: string;
  readonly seen: 'simulated' | 'carried';
  readonly caughtBy?: readonly string[];
  readonly invariant?: string;
  readonly case?: string;
}

for (const name of readdirSync(traps).sort()) {
  const folder = join(traps, name);
  const trap: Trap = parse(readFileSync(join(folder, 'trap.yaml'), 'utf8'));

  test(`trap ${name}: all is there`, () => {
    const { caughtBy = [], invariant, ...words } = trap;
    for (const field of ['title', 'short', 'writes', 'effect', 'silent', 'instead', 'seen'] as const)
      assert.ok(words[field], field);
    assert.equal(caughtBy.length > 0, invariant === undefined, 'either caughtBy or invariant');
    assert.match(readFileSync(join(folder, 'broken.yaml'), 'utf8'), /^# the trap$/m);
    const { carried = false, calls } = parse(readFileSync(join(folder, 'calls.yaml'), 'utf8'));
    assert.ok(calls.length > 0);
    assert.equal(trap.seen, carried ? 'carried' : 'simulated');
    if (invariant === undefined) return;
    assert.ok(
      invariants.some(each => each.name === invariant),
      invariant,
    );
    assert.ok(existsSync(join(root, 'test/cases', trap.case ?? '', 'calls.yaml')), `${trap.case} shows it working`);
  });

  for (const code of trap.caughtBy ?? []) {
    test(`trap ${name}: ${code} answers it`, async () => {
      assert.ok(
        known().some(one => one === code),
        code,
      );
      const file =
        trap.case === undefined
          ? join(folder, 'diagnostics.txt')
          : join(root, 'test/cases', trap.case, 'diagnostics.txt');
      if (trap.case === undefined) compare(file, await diagnosticsOf(folder));
      assert.match(readFileSync(file, 'utf8'), new RegExp(`\\[${code}\\]`));
    });
  }
}

test('the traps are all there', () => {
  const numbers = new Set(readdirSync(traps).map(name => Number.parseInt(name, 10)));
  assert.deepEqual(
    Array.from({ length: 25 }, (_, index) => index + 1).filter(number => !numbers.has(number)),
    [],
  );
});

test('docs/traps.md is not stale', () => {
  const { status } = spawnSync(process.execPath, ['scripts/traps-docs.mjs', '--check'], { cwd: root });
  assert.equal(status, 0, 'npm run docs writes it');
});

test('the mutations of docs/architecture.md find their lines', () => {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/mutations.mjs', '--check'], {
    cwd: root,
    encoding: 'utf8',
  });
  assert.equal(status, 0, stderr);
});

const diagnosticsOf = async (folder: string): Promise<string> => (await runIn(folder, ['render', 'input.yaml'])).stderr;
