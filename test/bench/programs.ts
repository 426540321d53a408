import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Outside the tree: binaries and lists are nobody's source. */
export const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'wayout/bench');

/** Without what makes each start of Node slower, which would flatter every ratio. */
const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;

/** What is measured side by side; each reads a list and writes one. */
export const programs = {
  'bare Node': ['node', '-e', '0'],
  'Node that copies': ['node', join(cache, 'copy.cjs')],
  'Node that reads all, then writes': ['node', join(cache, 'hold.cjs')],
  'kyaml, no-op': [join(cache, 'noop')],
  '`yaml`, parse and print': ['node', join(cache, 'yaml.cjs')],
  wayout: [join(root, 'plugin/wayout'), 'krm'],
} as const;
export type Program = keyof typeof programs;

/** What one run took: milliseconds, and MB at the peak. */
export interface Run {
  readonly wall: number;
  readonly cpu: number;
  readonly memory: number;
}

/** Builds what is no part of wayout. */
export function prepare(): void {
  mkdirSync(cache, { recursive: true });
  const built = spawnSync('go', ['build', '-o', `${cache}/`, './...'], {
    cwd: join(root, 'test/bench/programs'),
    stdio: 'inherit',
  });
  if (built.status !== 0) throw new Error('the bench needs Go, for the function that it compares with');
  writeFileSync(join(cache, 'copy.cjs'), copy);
  writeFileSync(join(cache, 'hold.cjs'), hold);
  writeFileSync(join(cache, 'yaml.cjs'), reprint);
}

const copy = `const { readSync, writeSync } = require('node:fs');
const chunk = Buffer.alloc(65_536);
for (let length; (length = readSync(0, chunk)) > 0; ) for (let at = 0; at < length; ) at += writeSync(1, chunk, at, length - at);
`;

// What a program must do that writes nothing before it has seen the end, as one that may still find an error.
const hold = `const { readSync, writeSync } = require('node:fs');
const buffer = new ArrayBuffer(65_536, { maxByteLength: 2 ** 31 });
let length = 0;
for (let count; ; length += count) {
  if (buffer.byteLength - length < 65_536) buffer.resize(buffer.byteLength * 2);
  if ((count = readSync(0, new Uint8Array(buffer, length, 65_536))) === 0) break;
}
for (let at = 0; at < length; ) at += writeSync(1, new Uint8Array(buffer, at, Math.min(65_536, length - at)));
`;

const reprint = `const { parse, stringify } = require(${JSON.stringify(join(root, 'node_modules/yaml'))});
process.stdout.write(stringify(parse(require('node:fs').readFileSync(0, 'utf8'), { maxAliasCount: -1 })));
`;

/** Runs a program between two pipes, as hosts do, on a file. */
export function measure(program: Program, file: string): Run {
  const { stdout, stderr } = spawnSync(join(cache, 'measure'), [file, ...programs[program]], { encoding: 'utf8', env });
  const [wall, cpu, memory] = stdout.split(' ').map(Number);
  if (wall === undefined || cpu === undefined || memory === undefined) throw new Error(stderr);
  return { wall, cpu, memory: memory / 1024 };
}
