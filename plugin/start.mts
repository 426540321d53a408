// The executable itself, as small as can be: bundled as CommonJS, which Node starts sooner than a module.
import { readFileSync } from 'node:fs';
import { Script } from 'node:vm';

/** What Node made of a part when wayout was built; undefined where it is missing. Another version of Node makes its own again. */
function compiled(name: string): Buffer | undefined {
  try {
    return readFileSync(`${__dirname}/lib/${name}.cache`);
  } catch {
    return undefined;
  }
}

/** The parts of plugin/lib that were asked for, by `#` and the name. */
const parts = new Map<string, { exports: unknown }>();

/** What a part is given as its `require()`: another part, or a module of Node. */
function load(id: string): unknown {
  if (!id.startsWith('#')) return require(id);
  const known = parts.get(id);
  if (known !== undefined) return known.exports;
  const name = id.slice(1);
  const filename = `${__dirname}/lib/${name}.cjs`;
  // The bundler writes ASCII alone, which is read fastest as Latin-1.
  const script = new Script(readFileSync(filename, 'latin1'), { filename, cachedData: compiled(name) });
  const part = { exports: {} };
  parts.set(id, part);
  script.runInThisContext()(load, part, __filename, part.exports);
  return part.exports;
}

load('#main');
