import { styleText } from 'node:util';

/** A text in a colour; whoever asks has made sure that it goes to a terminal. */
export const paint = (style: Parameters<typeof styleText>[0], text: string): string =>
  styleText(style, text, { validateStream: false });
