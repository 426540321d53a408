import { parse } from 'yaml';

/** No text of a few lines needs more; an alias bomb does. */
const limits = { maxAliasCount: 100 };

/** The value of a YAML text inside a value; undefined where it is no YAML. */
export function parseValue(text: string): unknown {
  try {
    return parse(text, limits) as unknown;
  } catch {
    return undefined;
  }
}
