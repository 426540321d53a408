import { Chance } from './chance.ts';
import { type Input, isDocuments } from './inputs.ts';
import { respell } from './respell.ts';
import { type Kind, Speller } from './spelling.ts';

/** An input in which every document is spelled again by some kinds of respelling; how often each was used is added to the counts. */
export function respelled(
  input: Input,
  seed: number,
  kinds: readonly Kind[],
  counts = new Map<string, number>(),
): Input {
  const chance = new Chance(seed);
  const speller = new Speller(chance, kinds, counts);
  const files = [...input.files].map(
    ([path, text]) => [path, isDocuments(path) ? respell(text, speller, chance) : text] as const,
  );
  return { ...input, files: new Map(files) };
}

/** An input as a reader of a red run wants to see it. */
export const shown = ({ name, files, command }: Input): string =>
  [`${name}: wayout ${command.args.join(' ')}`, ...[...files].map(([path, text]) => `--- ${path}\n${text}`)].join('\n');
