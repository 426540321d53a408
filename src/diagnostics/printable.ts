// Controls of C0 and C1 (they steer a terminal), line separators, and the marks that turn the direction of text. `\p{Cc}` would take
// longer to read than all else here.
// biome-ignore lint/suspicious/noControlCharactersInRegex: it looks for them
const unsafe = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

/** A text on one line that steers no terminal and forges no line of ours: what could is written as `\u{…}`. */
export const printable = (text: string): string => text.replace(unsafe, escaped);

/** The same for a text of several lines, which stay lines, with their tabs. */
export const printableLines = (text: string): string =>
  text
    .replace(/\r\n/g, '\n')
    .replace(unsafe, control => (control === '\n' || control === '\t' ? control : escaped(control)));

const escaped = (character: string): string =>
  character === '\n' ? '\\n' : character === '\t' ? '\\t' : `\\u{${character.charCodeAt(0).toString(16)}}`;

/** The same for JSON, in the escapes of JSON; only the line ends between its values stay. */
export const printableJson = (json: string): string =>
  json.replace(unsafe, control =>
    control === '\n' ? control : `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
