// Bundles plugin/main.mts into the executable plugin/wayout, and what is loaded on demand into plugin/lib, each a file of its own.
import { chmod, mkdir, readFile, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = new URL('../', import.meta.url);
const at = path => fileURLToPath(new URL(path, root));
const { version } = JSON.parse(await readFile(new URL('package.json', root), 'utf8'));

const shared = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  minify: true,
  legalComments: 'eof',
  logLevel: 'warning',
  define: { VERSION: JSON.stringify(version), 'import.meta.url': '__filename' },
  // Its ESM build starts twice as fast as the CommonJS one that `platform: node` would choose.
  alias: { yaml: at('node_modules/yaml/browser/index.js') },
};

/** What the executable loads by `createRequire()` under the name that plugin/package.json gives it. */
const parts = { parser: 'src/yaml/parser.ts', validators: 'dist/validators.js' };

/** The packages that `import()` names, found while bundling. */
const onDemand = new Set();

/** Leaves `import('package')` a call at run time, of a file beside the executable: a render that needs none reads none. */
const neighbours = {
  name: 'neighbours',
  setup({ onResolve }) {
    onResolve({ filter: /^[^.#]/ }, ({ kind, path }) => {
      if (kind !== 'dynamic-import' || path.startsWith('node:')) return undefined;
      onDemand.add(path);
      return { path: `./lib/${path}.cjs`, external: true };
    });
  },
};

await rm(at('plugin/lib'), { recursive: true, force: true });
await mkdir(at('plugin/lib'), { recursive: true });
await build({
  ...shared,
  entryPoints: [at('plugin/main.mts')],
  outfile: at('plugin/wayout'),
  banner: { js: '#!/usr/bin/env node' },
  plugins: [neighbours],
});
const neighbouring = { ...Object.fromEntries([...onDemand].map(name => [name, name])), ...parts };
await Promise.all(
  Object.entries(neighbouring).map(([name, entry]) =>
    build({ ...shared, entryPoints: [entry], absWorkingDir: at('.'), outfile: at(`plugin/lib/${name}.cjs`) }),
  ),
);
await chmod(at('plugin/wayout'), 0o755);
