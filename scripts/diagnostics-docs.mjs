// Writes docs/diagnostics.md from the built catalog and the folders of test/cases; with --check it only says whether the page is stale.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { codes, entryOf } from '../dist/src/diagnostics/catalog.js';

const root = new URL('../', import.meta.url);
const read = path => readFile(new URL(path, root), 'utf8').catch(() => '');
const elsewhere = JSON.parse(await read('test/codes-without-a-case.json'));

const chapters = {
  10: 'Reading: texts that cannot be read',
  11: 'Reading: files and folders',
  12: 'Reading: documents',
  13: 'Reading: regular expressions',
  14: 'Reading: what wayout generate is given, and what Argo CD lets pass',
  15: 'Reading: the sides of a comparison',
  20: 'Resolving: external services and endpoints',
  21: 'Resolving: gateways and clusters',
  22: 'Resolving: access policies',
  23: 'Resolving: workspaces',
  24: 'Resolving: traffic policies',
  25: 'Resolving: route tables',
  26: 'Resolving: guards',
  30: 'Egress: services, ports and endpoints',
  31: 'Egress: objects of the list that are not ours',
  32: 'Egress: routes of tables',
  33: 'Egress: ways round a guard',
  40: 'Emitting',
  50: 'Live: asking the cluster',
  51: 'Live: what runs, beside what Git says',
};

/** Every finding of every case: its code, its text as printed, and how many findings stand beside it. */
const findings = [];
for (const folder of (await readdir(new URL('test/cases/', root))).sort()) {
  const text = await read(`test/cases/${folder}/diagnostics.txt`);
  const entries = text.split(/\n(?=\S)/).filter(entry => entry !== '');
  for (const entry of entries) {
    const code = /\b(?:error|warning|info)\[(WO\d+)\]|\((WO\d+)\)$/m.exec(entry);
    if (code) findings.push({ code: code[1] ?? code[2], entry: entry.trimEnd(), folder, beside: entries.length });
  }
}

/** The clearest finding of a code: the one with the fewest others beside it. */
const clearest = code =>
  findings.filter(finding => finding.code === code).sort((one, other) => one.beside - other.beside)[0];

/** The documents that a finding names, each once: the one with the mistake, and another that it speaks of. */
async function excerpts({ entry, folder }) {
  const named = [...entry.matchAll(/(?:^| )([\w/-]+\.(?:yaml|json))(?::(\d+):\d+)?[:,]/gm)].map(
    ([, file, line = '1']) => ({ file, line }),
  );
  const parameters = entry.startsWith('parameters:') ? [{ file: 'parameters.json', line: '1' }] : [];
  const places =
    named.length + parameters.length > 0
      ? [...parameters, ...named]
      : [{ file: (await read(`test/cases/${folder}/input.yaml`)) ? 'input.yaml' : 'input.krm.yaml', line: '1' }];
  const documents = await Promise.all(
    places.map(({ file, line }) => documentAt(`test/cases/${folder}/${file}`, Number(line) - 1)),
  );
  return [...new Set(documents.filter(text => text !== ''))].slice(0, 2).join('\n---\n');
}

/** The document around a line of a file; of a long one the lines around it. */
async function documentAt(path, line) {
  const lines = (await read(path)).trimEnd().split('\n');
  const first = lines.lastIndexOf('---', line) + 1;
  const next = lines.indexOf('---', Math.max(line, first));
  const last = next === -1 ? lines.length : next;
  const isShort = last - first <= 22;
  const shown = isShort ? lines.slice(first, last) : lines.slice(Math.max(first, line - 6), Math.min(last, line + 6));
  return shown.filter((text, index) => !(index === 0 && text.startsWith('# '))).join('\n');
}

const fence = (language, text) => `\`\`\`${language}\n${text}\n\`\`\`\n`;
const wayOut = hint => (hint === undefined ? '' : `\nThe way out: ${hint}.\n`);

async function shownByCase(finding) {
  const hint = /^ {2}hint: (.*)$/m.exec(finding.entry)?.[1];
  const printed = finding.entry.replace(/\n {2}hint: .*$/m, '');
  const link = `[\`${finding.folder}\`](../test/cases/${finding.folder})`;
  const input = await excerpts(finding);
  return `From ${link}:\n\n${input === '' ? '' : `${fence('yaml', input)}\n`}${fence('text', printed)}${wayOut(hint)}`;
}

function shownByTest(code) {
  const { test, example, args } = elsewhere[code];
  const { message, hint } = entryOf(code).words(args);
  return `${example}, as [\`${test}\`](../${test}) shows:\n\n${fence('text', message)}${wayOut(hint)}`;
}

async function section(code) {
  const { severity, title } = entryOf(code);
  const finding = clearest(code);
  const body = finding ? await shownByCase(finding) : code in elsewhere ? shownByTest(code) : 'No case shows it.\n';
  return `### ${code} · ${severity} · ${title}\n\n${body}`;
}

const sections = [];
let chapter = '';
for (const code of codes()) {
  const next = code.slice(2, 4);
  if (!(next in chapters))
    throw new Error(`${code}: no chapter of docs/diagnostics.md takes it; name one in scripts/diagnostics-docs.mjs`);
  if (next !== chapter) sections.push(`## ${next}xx · ${chapters[next]}\n`);
  chapter = next;
  sections.push(await section(code));
}

const page = `# Diagnostics

Every finding has a code, a severity, a place and, where there is one, a way out. An **error** means that nothing is written and the exit code is 1;
a **warning** that the output is right but may surprise; an **info** that a default was filled in. A code keeps its meaning from release to release.

This page is written by \`npm run docs\` from the catalog in \`src/diagnostics/\` and the folders of \`test/cases/\`: each message is one that a test has seen.

${sections.join('\n')}`;

const path = new URL('docs/diagnostics.md', root);
if (process.argv.includes('--check')) process.exitCode = page === (await read('docs/diagnostics.md')) ? 0 : 1;
else await writeFile(path, page);
