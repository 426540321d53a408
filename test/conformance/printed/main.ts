import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { print } from '../../../src/yaml/print.ts';
import { objectsWith } from '../../values.ts';

// What our printer writes, read in Go as kubectl and Argo CD read it. The last line is `N passed, M failed`.

const text = fc.oneof(
  fc.stringMatching(/^[-+.:\d_eExobaTZ ]{0,12}$/),
  fc.stringMatching(/^[ -~]{0,12}$/),
  // Go's JSON has no half of a surrogate pair.
  fc.string({ unit: 'binary' }).map(one => Buffer.from(one).toString()),
  fc.constantFrom(
    'y',
    'N',
    'on',
    'Off',
    'yes',
    'NO',
    'null',
    '~',
    '<<',
    '=',
    '0o17',
    '1_000',
    '2020-01-01',
    '1:30',
    '---',
    'a\n b\n',
  ),
);
const lines = fc.sample(objectsWith(text), 3_000).map(value => JSON.stringify({ text: print(value), value }));
const folder = fileURLToPath(new URL('../../../../test/conformance/', import.meta.url));
const { status } = spawnSync('go', ['run', './printed'], {
  cwd: folder,
  input: lines.join('\n'),
  stdio: ['pipe', 'inherit', 'inherit'],
});
process.exitCode = status ?? 1;
