import { parse } from 'yaml';

/** The value of a YAML text inside a value; undefined where it is no YAML. */
export function parseValue(text: string): unknown {
  try {
    return parse(text, { maxAliasCount: 100 }) as unknown;
  } catch {
    return undefined;
  }
}
