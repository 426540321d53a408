// Renders the list on standard input with plugin/lib/main.cjs, and keeps what Node compiled for that in plugin/lib/main.cache.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';

const at = path => fileURLToPath(new URL(`../plugin/${path}`, import.meta.url));
const filename = at('lib/main.cjs');
const script = new Script(readFileSync(filename, 'latin1'), { filename });
process.argv = [process.execPath, at('wayout'), 'krm'];
process.on('exit', code => {
  if (code === 0) writeFileSync(at('lib/main.cache'), script.createCachedData());
});
script.runInThisContext()(createRequire(at('wayout')), { exports: {} }, at('wayout'));
