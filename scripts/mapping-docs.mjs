// Writes the last column of docs/mapping.md: how the cases of a row are proved. With --check it only says whether the page is stale.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = new URL('../', import.meta.url);
const path = file => fileURLToPath(new URL(file, root));
const text = file => (existsSync(path(file)) ? readFileSync(path(file), 'utf8') : '');
const page = text('docs/mapping.md');
const folders = readdirSync(path('test/cases')).sort();

/** carried: requests went through real Envoys · simulated: istiod's own simulation · golden: the output alone is compared. */
function proofOf(name) {
  const calls = text(`test/cases/${name}/calls.yaml`);
  if (/\bcarried: true\b/.test(calls)) return 'carried';
  if (/^calls:/m.test(calls)) return 'simulated';
  return existsSync(path(`test/cases/${name}/output.yaml`)) ? 'golden' : 'said';
}

/** A row without a case of its own is proved where its first diagnostic is shown. */
const sayer = code =>
  folders.find(name => new RegExp(`[[(]${code}[\\])]`).test(text(`test/cases/${name}/diagnostics.txt`)));

const order = ['carried', 'simulated', 'golden', 'said'];

function proved(line) {
  const [, field, effect, shown] = line.split(/(?<!\\)\|/);
  const cases = [...shown.matchAll(/`([^`]+)`/g)].map(([, name]) => name);
  if (cases.length > 0) {
    const best = cases.map(proofOf).sort((one, other) => order.indexOf(one) - order.indexOf(other))[0];
    return `|${field}|${effect}|${shown}| ${best} |`;
  }
  const [code] = /WO\d{4}/.exec(effect) ?? [];
  const folder = code === undefined ? undefined : sayer(code);
  return `|${field}|${effect}|${shown}| ${folder === undefined ? '' : `said, in \`${folder}\``} |`.replace(
    /\| {2}\|$/,
    '| |',
  );
}

const written = page
  .split('\n')
  .map(line => {
    if (/^\| field \|/.test(line)) return `${line.split('|').slice(0, 4).join('|')}| proof |`;
    if (/^\| --- \|/.test(line)) return '| --- | --- | --- | --- |';
    return line.startsWith('| `') ? proved(line) : line;
  })
  .join('\n');
const bare = written.split('\n').filter(line => line.startsWith('| `') && /\| \|$/.test(line));
for (const line of bare) console.error(`docs/mapping.md: no proof: ${line.split('|')[1].trim()}`);
if (process.argv.includes('--check')) {
  if (written !== page) console.error('docs/mapping.md is stale: npm run docs');
  process.exitCode = written === page && bare.length === 0 ? 0 : 1;
} else {
  writeFileSync(path('docs/mapping.md'), written);
  process.exitCode = bare.length === 0 ? 0 : 1;
}
