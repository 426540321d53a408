// Bundles the executable plugin/wayout and what lies beside it in plugin/lib: plugin/main.mts, and each part that is loaded on demand.
import { spawnSync } from 'node:child_process';
import { chmod, mkdir, readFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = new URL('../', import.meta.url);
const at = path => fileURLToPath(new URL(path, root));
const { version } = JSON.parse(await readFile(at('package.json'), 'utf8'));

const shared = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  minify: true,
  legalComments: 'eof',
  logLevel: 'warning',
  absWorkingDir: at('.'),
  define: { VERSION: JSON.stringify(version), 'import.meta.url': '__filename' },
  // Its ESM build starts twice as fast as the CommonJS one that `platform: node` would choose.
  alias: { yaml: at('node_modules/yaml/browser/index.js') },
  // A script that is run from its text has `require()` alone.
  supported: { 'dynamic-import': false },
};

/** Files in plugin/lib, which code asks for by `#` and the name: the first, those of `src/on-demand.ts`, then what `import()` names. */
const parts = new Map([
  ['main', 'plugin/main.mts'],
  ['chapters', 'src/diagnostics/chapters.ts'],
  ['kinds', 'src/kinds/on-demand.ts'],
  ['ipaddr', 'ipaddr.js'],
  ['parser', 'src/yaml/parser.ts'],
  ['re2', 'src/re2.ts'],
  ['validators', 'dist/validators.js'],
]);

/** Leaves `import()` a call at run time, of a file of its own: a render that needs none reads none. */
const neighbours = {
  name: 'neighbours',
  setup({ onResolve, onLoad }) {
    // The script was given its `require()`: Node's own module, which could make one, takes longer to load than any file of ours.
    onResolve({ filter: /^node:module$/ }, ({ path }) => ({ path, namespace: 'given' }));
    onLoad({ filter: /./, namespace: 'given' }, () => ({ contents: 'export const createRequire = () => require;' }));
    onResolve({ filter: /^[^#]/ }, ({ kind, path, resolveDir }) => {
      if (kind !== 'dynamic-import' || path.startsWith('node:')) return undefined;
      const name = basename(path, '.ts');
      parts.set(name, path.startsWith('.') ? join(resolveDir, path) : path);
      return { path: `#${name}`, external: true };
    });
  },
};

const bundle = (entry, outfile, options) =>
  build({ ...shared, entryPoints: [entry], outfile: at(outfile), plugins: [neighbours], ...options });

await rm(at('plugin/lib'), { recursive: true, force: true });
await mkdir(at('plugin/lib'), { recursive: true });
await bundle('plugin/start.mts', 'plugin/wayout', { banner: { js: '#!/usr/bin/env node' } });
// What one part asks for may be a part too.
for (const [name, entry] of parts)
  await bundle(entry, `plugin/lib/${name}.cjs`, {
    banner: { js: '(function (require, module, __filename, exports) {' },
    footer: { js: '})' },
  });
await chmod(at('plugin/wayout'), 0o755);

const list = await readFile(at('scripts/code-cache/list.yaml'), 'utf8');
/** Runs that go the ways that most go, and the parts of which each leaves what Node compiled. */
const runs = [
  { args: ['krm'], input: list, out: 'main ipaddr kinds' },
  // An anchor is beyond the plain style, and what is misspelt is for the validators.
  { args: ['krm'], input: list.replace('metadata:', 'metadata: &anchor').replace('kind: ', 'kind:  '), out: 'parser' },
  { args: ['krm'], input: list.replace('hosts:', 'host:'), out: 'validators chapters', code: 1 },
  { args: ['generate', 'scripts/code-cache/manifests'], input: '', out: 'program fast-glob' },
];
for (const { args, input, out, code = 0 } of runs) {
  const { status, stderr } = spawnSync(process.execPath, [at('scripts/code-cache/run.mjs'), ...args], {
    input,
    stdio: ['pipe', 'ignore', 'pipe'],
    cwd: at('.'),
    env: { ...process.env, OUT: out },
  });
  if (status !== code) throw new Error(`wayout ${args.join(' ')} ended with ${status}:\n${stderr}`);
}
