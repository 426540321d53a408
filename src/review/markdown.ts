import { printable } from '../diagnostics/printable.ts';
import { describe } from '../k8s/resource.ts';
import type { Entry } from './entries.ts';
import type { Review } from './review.ts';
import { type Section, summaryOf } from './summary.ts';

/** GitHub takes comments of 65,536 characters; the summary has to find room too. */
const room = 40_000;

/** A review as the comment of a pull or merge request: the summary, then the objects folded away. */
export function reviewMarkdown(review: Review, diff: string): string {
  const { title, sections, objects } = summaryOf(review);
  const unjudged = review.unjudged.map(({ change, resource }) => `- ${change} ${code(describe(resource))}\n`);
  return [
    `### Egress: ${title}\n`,
    ...sections.map(sectionText),
    ...(unjudged.length > 0 ? ['\n**Not judged: these may open egress**\n\n', ...unjudged] : []),
    ...(diff === '' ? [`\nObjects: ${objects}\n`] : [folded(`Objects: ${objects}`, diff)]),
  ].join('');
}

const sectionText = ({ title, entries }: Section): string => `\n**${title}**\n\n${entries.map(entryText).join('')}`;

function entryText({ mark, clients, call, details }: Entry): string {
  const opens = mark === '!' ? ' (opens)' : '';
  const lines = details.map(({ label, lines }) => `  - ${label}: ${lines.map(code).join(', ')}\n`);
  return `- ${clients.map(code).join(', ')}${call === undefined ? '' : ` → ${code(call)}`}${opens}\n${lines.join('')}`;
}

function folded(title: string, diff: string): string {
  const shown = diff.length > room ? `${diff.slice(0, diff.lastIndexOf('\n', room))}\n` : diff;
  const rest = shown.length < diff.length ? '\nThe rest has no room in a comment: run wayout diff to see it.\n' : '';
  const fence = '`'.repeat(longestRun(shown, 2) + 1);
  return `\n<details>\n<summary>${title}</summary>\n\n${fence}diff\n${shown}${fence}\n${rest}\n</details>\n`;
}

/** A text as code that no text can end: Markdown in a name stays a name. */
function code(text: string): string {
  const fence = '`'.repeat(longestRun(text, 0) + 1);
  const pad = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${printable(text)}${pad}${fence}`;
}

const longestRun = (text: string, least: number): number =>
  Math.max(least, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
