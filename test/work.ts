import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The places that ran more than ten times as often for a text that is ten times as long. */
export function grown(few: string, many: string, args: readonly string[]): readonly (readonly [string, number])[] {
  const before = counted(few, args);
  // What runs seldom may grow from nothing.
  return [...counted(many, args)].filter(([place, count]) => count > 10.5 * Math.max(before.get(place) ?? 0, 300));
}

/** How often each function, and each loop and branch in it, ran while a text was rendered: as V8 counts it for coverage. */
function counted(text: string, args: readonly string[]): ReadonlyMap<string, number> {
  const counts = mkdtempSync(join(tmpdir(), 'wayout-counts-'));
  const script = `import { main } from ${JSON.stringify(new URL('../src/command.js', import.meta.url))};
import { readFileSync } from 'node:fs';
process.exitCode = await main(${JSON.stringify(args)}, {
  stdin: () => readFileSync(0),
  stdout: () => undefined,
  stderr: text => console.error(text),
  isTerminal: () => false,
  env: {},
  version: '0.0.0-test',
});`;
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    input: text,
    encoding: 'utf8',
    env: { ...process.env, NODE_V8_COVERAGE: counts },
  });
  try {
    assert.equal(status, 0, stderr);
    const [file = ''] = readdirSync(counts);
    return countsOf(JSON.parse(readFileSync(join(counts, file), 'utf8')) as Coverage);
  } finally {
    rmSync(counts, { recursive: true });
  }
}

/** What Node writes to NODE_V8_COVERAGE. */
interface Coverage {
  readonly result: readonly {
    readonly url: string;
    readonly functions: readonly {
      readonly functionName: string;
      readonly ranges: readonly { readonly count: number; readonly startOffset: number }[];
    }[];
  }[];
}

const countsOf = ({ result }: Coverage): ReadonlyMap<string, number> =>
  new Map(
    result
      .filter(({ url }) => url.includes('/dist/src/') || url.includes('/node_modules/'))
      .flatMap(({ url, functions }) =>
        functions.flatMap(({ functionName, ranges }) =>
          ranges.map(({ count, startOffset }): [string, number] => [
            `${url.slice(url.lastIndexOf('/') + 1)} ${functionName} ${startOffset}`,
            count,
          ]),
        ),
      ),
  );

/** Throws where this process has computed for half a minute since: no text needs that on any machine, but one that is read over and over does. */
export function ensureSoon(start: NodeJS.CpuUsage): void {
  const { user, system } = process.cpuUsage(start);
  assert.ok(user + system < 30_000_000, `${(user + system) / 1_000_000} s`);
}
