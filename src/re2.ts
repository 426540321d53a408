import { RE2JS } from 're2js';

/** What istiod and Envoy ask of a regular expression; loaded on demand, since few lists have one. */
export function read(text: string): { readonly groups: number } | { readonly problem: string } {
  try {
    const compiled = RE2JS.compile(text);
    if (programSize(text, compiled) > largest) return { problem: 'it repeats so much that proxies find it too large' };
    return { groups: compiled.groupCount() };
  } catch (error) {
    return { problem: error instanceof Error ? error.message.replace('error parsing regexp: ', '') : String(error) };
  }
}

/** Istio's `re2.max_program_size.error_level`: a proxy refuses a whole listener for one that is larger. */
const largest = 32_768;

/**
 * About how large RE2 itself makes a program: it reads bytes, and what is compiled here reads characters.
 *
 * Measured: any character takes 8 instructions, and one of a class of Unicode such as \pL up to 1200.
 */
function programSize(text: string, compiled: RE2JS): number {
  const size = compiled.programSize();
  if (!/\\p/i.test(text)) return size * 8;
  // A class is one instruction wherever it comes to stand, and two letters are two.
  const doubled = text.replace(classes, found => (/^\[.*\\p|^\\p/is.test(found) ? '(?:ab)' : found));
  return size * 8 + (RE2JS.compile(doubled).programSize() - size) * 1200;
}

/** Whatever is in brackets, or begins with a backslash. */
const classes = /\[\^?\]?(?:\\.|\[:\^?\w+:\]|[^\]\\])*\]|\\p\{[^}]*\}|\\p.|\\./gis;
