// The executable itself, as small as can be: bundled as CommonJS, which Node starts sooner than a module.
import { readFileSync } from 'node:fs';
import { Script } from 'node:vm';

/** What Node made of the code when wayout was built; undefined where it is missing. Another version of Node makes its own again. */
function compiled(): Buffer | undefined {
  try {
    return readFileSync(`${__dirname}/lib/main.cache`);
  } catch {
    return undefined;
  }
}

const filename = `${__dirname}/lib/main.cjs`;
// The bundler writes ASCII alone, which is read fastest as Latin-1.
const script = new Script(readFileSync(filename, 'latin1'), { filename, cachedData: compiled() });
script.runInThisContext()(require, module, __filename);
