// Runs the parts in plugin/lib as plugin/wayout does, with the given arguments, and keeps what Node compiled of those that OUT names
// in plugin/lib/*.cache.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';

const at = path => fileURLToPath(new URL(`../../plugin/${path}`, import.meta.url));
const own = createRequire(at('wayout'));
const parts = new Map();

function load(id) {
  if (!id.startsWith('#')) return own(id);
  if (!parts.has(id)) {
    const filename = at(`lib/${id.slice(1)}.cjs`);
    const script = new Script(readFileSync(filename, 'latin1'), { filename });
    const part = { script, exports: {} };
    parts.set(id, part);
    script.runInThisContext()(load, part, at('wayout'), part.exports);
  }
  return parts.get(id).exports;
}

process.on('exit', () => {
  for (const name of process.env.OUT.split(' '))
    writeFileSync(at(`lib/${name}.cache`), parts.get(`#${name}`).script.createCachedData());
});
process.argv = [process.execPath, at('wayout'), ...process.argv.slice(2)];
load('#main');
