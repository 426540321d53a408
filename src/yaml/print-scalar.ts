/** A scalar on one line, as it stands or in quotes: the same value to a reader of YAML 1.1, of 1.2, and of JSON behind either. */
export function scalar(value: unknown): string {
  // JSON's spelling of numbers and of null is YAML's too.
  if (typeof value !== 'string') return Object.is(value, -0) ? '-0' : (JSON.stringify(value) ?? 'null');
  return isPlain(value) ? value : quoted(value);
}

/** A text in quotes: single ones if that spares it escapes. */
export function quoted(value: string): string {
  if (value.includes('"') && !value.includes("'") && !unprintable.test(value)) return `'${value}'`;
  return JSON.stringify(value).replace(everyUnprintable, escaped);
}

/** What no plain or single-quoted text may hold; JSON escapes only some of it. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: `\p{Cc}` would take longer to read than all else here
const unprintable = /[\u0000-\u001f\u007f-\u009f\ud800-\udfff\u2028\u2029\ufeff\ufffe\uffff]/u;
const everyUnprintable = new RegExp(unprintable, 'gu');

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Whether every reader takes a text for itself. */
const isPlain = (text: string): boolean =>
  word.test(text)
    ? !words.has(text)
    : !indicator.test(text) && !words.has(text) && !isNumber(text) && !unprintable.test(text);

/** Most of what is printed: names, hosts, paths. `e5` is a number. */
const word = /^(?![eE][-+]?\d)[A-Za-z/][\w./-]*$/;

/** Signs that begin something else than a text, or end it. */
const indicator = /^[ ,[\]{}#&*!|>'"%@`]|^[?-](?: |$)|^(?:---|\.\.\.|<<$)|: | #|[ :]$/;

/** Booleans and nothing, in YAML 1.1. */
const words: ReadonlySet<string> = new Set(
  ['', '~', 'y', 'Y', 'n', 'N'].concat(
    ...['yes', 'no', 'true', 'false', 'on', 'off', 'null'].map(text => [
      text,
      `${text.charAt(0).toUpperCase()}${text.slice(1)}`,
      text.toUpperCase(),
    ]),
  ),
);

const numeric = /^[-+.\deE]/;

/** Go takes underscores out of whatever begins like a number before it looks: `+_3` is 3 there. */
const isNumber = (text: string): boolean =>
  numeric.test(text) && (number.test(text) || number.test(text.replaceAll('_', '')));

/** Numbers and dates, in YAML 1.1 or 1.2. */
const number = new RegExp(
  `^(?:${[
    // Whole, in any base, with underscores between.
    '[-+]?(?:\\d[\\d_]*|0b[01_]+|0o[0-7]+|0x[\\da-fA-F_]+)',
    // With a point, an exponent, or both.
    '[-+]?(?:\\d[\\d_]*)?(?:\\.[\\d_]*)?(?:[eE][-+]?\\d+)?',
    '[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN)',
    // To the base of 60: hours, minutes and seconds.
    '[-+]?\\d[\\d_]*(?::[0-5]?\\d)+(?:\\.[\\d_]*)?',
    // A day, and maybe a time.
    '\\d{4}-\\d{1,2}-\\d{1,2}(?:(?:[Tt]|[ \\t]+)\\d{1,2}:\\d{1,2}:\\d{1,2}.*)?',
  ].join('|')})$`,
);
