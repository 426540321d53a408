import { paint } from '../diagnostics/paint.ts';
import { printable } from '../diagnostics/printable.ts';
import { describe } from '../k8s/resource.ts';
import type { Entry } from './entries.ts';
import type { Review } from './review.ts';
import { type Section, summaryOf } from './summary.ts';

/** A review for people at a terminal: the summary first, then the objects as one unified diff. */
export function reviewText(review: Review, diff: string, colour: boolean): string {
  const { title, sections, objects } = summaryOf(review);
  const bold = (text: string): string => (colour ? paint('bold', text) : text);
  const unjudged = review.unjudged.map(({ change, resource }) => `  ${change} ${printable(describe(resource))}\n`);
  return [
    `${bold('Egress:')} ${title}\n`,
    ...sections.map(section => sectionText(section, colour)),
    ...(unjudged.length > 0 ? [`\n${bold('Not judged:')} these may open egress\n`, ...unjudged] : []),
    `\n${bold('Objects:')} ${objects}\n`,
    diff,
  ].join('');
}

const sectionText = ({ title, entries }: Section, colour: boolean): string =>
  `\n${colour ? paint('bold', title) : title}\n${entries.map(entry => entryText(entry, colour)).join('')}`;

const colours = { '+': 'yellow', '!': 'yellow', '-': 'green', '~': 'reset' } as const;

function entryText({ mark, clients, call, details }: Entry, colour: boolean): string {
  const head = printable(`${mark} ${clients.join(', ')}${call === undefined ? '' : ` → ${call}`}`);
  const lines = details.flatMap(({ label, lines }) =>
    lines.map((line, index) => `    ${(index === 0 ? label : '').padEnd(9)} ${printable(line)}\n`),
  );
  return `${colour ? paint(colours[mark], head) : head}\n${lines.join('')}`;
}
