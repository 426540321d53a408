import { parse, parseAllDocuments } from 'yaml';

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

/** The value of each document of a text that somebody else will read; what is no YAML is left to them to report. */
export function parseValues(text: string): readonly unknown[] {
  try {
    return [...parseAllDocuments(text)].map(document => document.toJS(limits) as unknown);
  } catch {
    return [];
  }
}
