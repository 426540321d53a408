// What `npm run e2e` does: every test with the real programs. The last line is `N passed, M failed`.
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const files = readdirSync(`${root}dist/test/e2e`).filter(file => file.endsWith('.test.js'));
const child = spawn(
  process.execPath,
  ['--enable-source-maps', '--test', ...files.map(file => `dist/test/e2e/${file}`)],
  { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
);
let output = '';
child.stdout.setEncoding('utf8').on('data', text => {
  process.stdout.write(text);
  output += text;
});
child.on('close', status => {
  /** The closing lines of node:test: `# pass 12`. */
  const count = name => Number(new RegExp(`^(?:#|ℹ) ${name} (\\d+)$`, 'm').exec(output)?.[1] ?? 0);
  const failed = count('fail') + count('cancelled');
  console.log(`${count('pass')} passed, ${failed === 0 && status !== 0 ? 1 : failed} failed`);
  process.exitCode = status === 0 ? 0 : 1;
});
