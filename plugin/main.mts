// `.mts`, since this folder's package.json says CommonJS, which is what the executable beside it is.
import { main } from '../src/command.ts';
import { standardIo } from '../src/io/standard.ts';

/** The version in package.json; the bundler writes it here. */
declare const VERSION: string;

void main(process.argv.slice(2), standardIo(process.env, VERSION)).then(code => {
  // All was written: nothing is left that could be waited for, and a large heap is not taken apart.
  process.exit(code);
});
