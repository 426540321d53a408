// Bundles plugin/main.mts into the executable plugin/wayout, and each package that is imported on demand into plugin/lib.
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
  // Its ESM build starts twice as fast as the CommonJS one that `platform: node` would choose.
  alias: { yaml: at('node_modules/yaml/browser/index.js') },
};

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
  define: { VERSION: JSON.stringify(version) },
  plugins: [neighbours],
});
await Promise.all(
  [...onDemand].map(name =>
    build({ ...shared, entryPoints: [name], absWorkingDir: at('.'), outfile: at(`plugin/lib/${name}.cjs`) }),
  ),
);
await chmod(at('plugin/wayout'), 0o755);
