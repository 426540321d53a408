// What `npm run conformance` does: all that we render, and the traps, in the real istiod and the real Envoy, then lists at random. The last line is `N passed, M failed`.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = fileURLToPath(new URL('../', import.meta.url));
const checker = 'test/conformance/run.sh';
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '200' },
    seed: { type: 'string' },
    verbose: { type: 'boolean', default: false },
  },
});

/** Runs a command, shows what it says but for checks that passed, and gives what its last line counts. */
function count(command, args) {
  return new Promise(resolve => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
    let rest = '';
    let last = { passed: 0, failed: 0 };
    child.stdout.setEncoding('utf8');
    child.stdout.on('data', text => {
      const lines = `${rest}${text}`.split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const [, passed, failed] = /^(\d+) passed, (\d+) failed$/.exec(line) ?? [];
        if (passed !== undefined) last = { passed: Number(passed), failed: Number(failed) };
        else if (values.verbose || !line.startsWith('ok ')) console.log(line);
      }
    });
    child.on('close', status => {
      // What ended without a word of its own has failed, too.
      const failed = status !== 0 && last.failed === 0 ? 1 : last.failed;
      console.log(`   ${last.passed} passed, ${failed} failed\n`);
      resolve({ passed: last.passed, failed });
    });
  });
}

const steps = [
  ['what we render, and what people write', checker, ['test/cases', 'test/traps']],
  [
    'the same with registryOnly',
    process.execPath,
    ['--enable-source-maps', 'dist/test/conformance/registry-only/main.js'],
  ],
  [
    'the order of syncs, as Argo CD makes it',
    process.execPath,
    ['--enable-source-maps', 'dist/test/conformance/sync-order/main.js'],
  ],
  ['what we print, read in Go', process.execPath, ['--enable-source-maps', 'dist/test/conformance/printed/main.js']],
  ['what it costs in the mesh', process.execPath, ['--enable-source-maps', 'dist/test/conformance/cost/main.js']],
  [
    'lists at random',
    process.execPath,
    [
      '--enable-source-maps',
      'dist/test/conformance/fuzz/main.js',
      ...['--runs', values.runs, ...(values.seed === undefined ? [] : ['--seed', values.seed])],
    ],
  ],
];

let passed = 0;
let failed = 0;
for (const [title, command, args] of steps) {
  console.log(`== ${title}`);
  const counted = await count(command, args);
  passed += counted.passed;
  failed += counted.failed;
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
