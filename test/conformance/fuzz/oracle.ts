import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { writeDocuments } from '../../../src/io/documents.ts';
import { renderWorld, streamOf } from '../../worlds/rendered.ts';
import type { World } from '../../worlds.ts';
import { callsOf, clashes } from './calls.ts';
import { findingsOf } from './findings.ts';
import { settingsOf } from './reading.ts';
import { tableCalls } from './tables.ts';

/** What the checker said of some worlds: how much it checked, and for each world that failed, in which words. */
export interface Verdict {
  readonly passed: number;
  readonly failures: ReadonlyMap<number, readonly string[]>;
}

/** Heap grows by some megabytes a world, so that no process gets more than these. */
const batch = 250;

/** Asks istiod's own code whether every call of every world ends as the list declares it. */
export function judge(worlds: readonly World[], checker: string): Verdict {
  const failures = new Map<number, readonly string[]>();
  let passed = 0;
  for (let start = 0; start < worlds.length; start += batch) {
    const folder = mkdtempSync(join(tmpdir(), 'wayout-worlds-'));
    try {
      for (const [at, world] of worlds.slice(start, start + batch).entries()) {
        const index = start + at;
        const problem = writeCase(join(folder, `world-${String(index).padStart(6, '0')}`), world);
        if (problem !== undefined) failures.set(index, [problem]);
      }
      const { stdout, stderr, status } = spawnSync(checker, [folder], { encoding: 'utf8', maxBuffer: 1 << 30 });
      const last = /(\d+) passed, (\d+) failed\s*$/.exec(stdout);
      if (last === null) throw new Error(`the checker ended with ${status}: ${stderr}`);
      passed += Number(last[1]);
      for (const [index, words] of failuresIn(stdout)) failures.set(index, [...(failures.get(index) ?? []), ...words]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
  return { passed, failures };
}

/** Each `FAIL  world-000012: …` with the indented lines below it. */
function failuresIn(stdout: string): ReadonlyMap<number, readonly string[]> {
  const found = new Map<number, string[]>();
  for (const [, index = '', words = ''] of stdout.matchAll(/^FAIL {2}world-(\d+): (.*(?:\n {8}.*)*)/gm)) {
    found.set(Number(index), [...(found.get(Number(index)) ?? []), words]);
  }
  return found;
}

/** Writes a world as a folder such as those of test/cases; gives what is wrong already with the render. */
export function writeCase(folder: string, world: World): string | undefined {
  const { items, diagnostics } = renderWorld(world);
  const error = diagnostics.find(({ severity }) => severity === 'error');
  if (clashes(world)) return error?.code === 'WO3001' ? undefined : `a list that should be refused: ${error?.code}`;
  if (error !== undefined) return `a list that should render: ${error.code} ${error.message}`;
  const { dnsCapture, trustDomain, virtualAddresses } = settingsOf(world);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'input.yaml'), streamOf(world));
  writeFileSync(join(folder, 'config.yaml'), world.config);
  writeFileSync(join(folder, 'output.yaml'), writeDocuments(items));
  writeFileSync(
    join(folder, 'calls.yaml'),
    stringify(
      {
        world: { outboundTrafficPolicy: 'REGISTRY_ONLY', dnsCapture, trustDomain, virtualAddresses },
        findings: findingsOf(world),
        calls: [...callsOf(world), ...tableCalls(world)].map(({ opens: _, ...call }) => call),
      },
      { lineWidth: 0 },
    ),
  );
  const opening = openings(world).find(text => {
    const [code, words = ''] = text.split(' ');
    return !diagnostics.some(each => each.code === code && each.message.includes(words));
  });
  return opening === undefined ? undefined : `an opening that no diagnostic names: ${opening}`;
}

const openings = (world: World): readonly string[] =>
  callsOf(world).flatMap(({ opens }) => (typeof opens === 'string' ? [opens] : []));
