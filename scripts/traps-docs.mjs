// Writes docs/traps.md from the folders of test/traps; with --check it only says whether the page is stale.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { parse, parseAllDocuments, stringify } from 'yaml';

const root = new URL('../', import.meta.url);
const read = path => readFile(new URL(path, root), 'utf8').catch(() => '');
const fence = (language, text) => `\`\`\`${language}\n${text.trimEnd()}\n\`\`\`\n`;

const folders = (await readdir(new URL('test/traps/', root))).sort(
  (one, other) => parseInt(one, 10) - parseInt(other, 10) || (one < other ? -1 : 1),
);

/** A document in block style, as people write it; the folders hold it short. */
const block = document => stringify(document.toJS(), { lineWidth: 0, indentSeq: false });

/** What stands in the way in a trap: the documents that are marked. */
const marked = text =>
  text
    .split(/^---\n/m)
    .filter(document => document.startsWith('# the trap'))
    .flatMap(document => parseAllDocuments(document))
    .map(block)
    .join('---\n');

const verbs = ['get', 'post', 'put', 'delete', 'open'];

/** A call as a reader would say it. */
function asked(call) {
  const verb = verbs.find(each => each in call);
  const parts = [
    ['Host', call.host],
    ['SNI', call.sni],
    ['dialled at', call.to],
    ['in', call.at],
  ];
  const more = parts.flatMap(([word, value]) => (value === undefined ? [] : [`${word} \`${value}\``]));
  return `\`${verb} ${call[verb]}\` by ${call.from}${more.length > 0 ? `, ${more.join(', ')}` : ''}`;
}

/** What became of it. */
function seen({ refused, passthrough, arrives }) {
  if (passthrough !== undefined) return `leaves the mesh as it came, to ${passthrough}`;
  if (refused !== undefined) {
    const by = refused.by === 'gateway' ? 'at the gateway' : 'at its own sidecar';
    return refused.status === 'reset' ? `is cut ${by}` : `gets ${refused.status} ${by}`;
  }
  const { endpoints, gateway, tls, sni, subjectAltNames, attempts } = arrives;
  const places = Array.isArray(endpoints[0])
    ? endpoints.map(each => each.join(' and ')).join(', and if that fails at ')
    : endpoints.join(' and ');
  const checked =
    subjectAltNames === undefined
      ? 'whatever name the certificate bears'
      : `a certificate for ${subjectAltNames.join(', ')}`;
  const by = {
    undefined: ', no TLS added',
    ISTIO_MUTUAL: `, by the mesh's own mutual TLS, SNI \`${sni}\``,
    SIMPLE: `, by TLS, SNI \`${sni}\`, ${checked}`,
    MUTUAL: `, by mutual TLS, SNI \`${sni}\`, ${checked}`,
  }[tls];
  const often = attempts === undefined ? '' : `, ${attempts} times while it fails`;
  return `arrives at ${places}${gateway === undefined ? ', straight from the sidecar' : `, through the gateway`}${by}${often}`;
}

/** A call and what became of it; NetworkPolicies are judged apart. */
const row = call =>
  `- ${asked(call)} ${seen(call)}${call.dropped ? '; so the mesh says, but the network drops it' : ''}`;

/** A packet and what NetworkPolicies make of it. */
const packetRow = ({ from, to, port, protocol = 'TCP', dropped = false }) =>
  `- a packet of ${from} to ${to}, ${protocol} port ${port}, ${dropped ? 'is dropped' : 'passes'}`;

/** What istiod itself says: its analyzers, its push, its validation. */
function complaints({ findings = [], invalid = [] }) {
  const said = [...invalid.map(text => `it is refused (${text})`), ...findings.map(text => `\`${text}\``)];
  return said.length === 0
    ? 'All objects are valid, and none of istiod\u2019s 53 analyzers says a word.'
    : `What istiod says: ${said.join(', ')}.`;
}

/** The finding of ours in a folder, without its hint. */
async function finding(folder, code) {
  const entries = (await read(`${folder}/diagnostics.txt`)).split(/\n(?=\S)/);
  return entries
    .find(entry => entry.includes(`[${code}]`))
    ?.split('\n')
    .filter(line => !line.startsWith('  hint: '))
    .join('\n');
}

async function answer(folder, { instead, caughtBy = [], invariant, case: shown }) {
  const place = caughtBy.length > 0 && shown === undefined ? `test/traps/${folder}` : `test/cases/${shown}`;
  const shownBy = `[\`${place.replace('test/', '')}\`](../${place})`;
  const messages = await Promise.all(caughtBy.map(code => finding(place, code)));
  const why =
    caughtBy.length > 0
      ? `Said by ${caughtBy.map(code => `[${code}](diagnostics.md)`).join(', ')}, shown by ${shownBy}:\n\n${fence('text', messages.join('\n'))}`
      : `Held for every output by the test \u201c${invariant}\u201d; what it is like when it works: ${shownBy}.\n`;
  return `**What wayout does.** ${instead}\n\n${why}`;
}

const seenBy = {
  carried: 'Seen in istiod\u2019s simulation, and with real Envoys.',
  simulated: 'Seen in istiod\u2019s simulation.',
};

async function section(folder) {
  const trap = parse(await read(`test/traps/${folder}/trap.yaml`));
  const calls = parse(await read(`test/traps/${folder}/calls.yaml`));
  const rows = [...calls.calls.map(row), ...(calls.packets ?? []).map(packetRow)].join('\n');
  return `## ${parseInt(folder, 10)} \u00b7 ${trap.title}

**What people write.** ${trap.writes}

${fence('yaml', marked(await read(`test/traps/${folder}/broken.yaml`)))}
**What happens.** ${trap.effect}

${rows}

${seenBy[trap.seen]}${calls.packets === undefined ? '' : ' What becomes of packets, an evaluator of NetworkPolicies says.'}

**Why no tool says so.** ${trap.silent} ${complaints(calls)}

${await answer(folder, trap)}`;
}

/** A heading's anchor, as code hosts make it. */
const anchor = (folder, { title }) =>
  `${parseInt(folder, 10)} \u00b7 ${title}`
    .toLowerCase()
    .replace(/[^a-z0-9 _-]/g, '')
    .replaceAll(' ', '-');

/** A line of the table at the top: the trap, what becomes of calls in short, and what answers it. */
async function summary(folder) {
  const trap = parse(await read(`test/traps/${folder}/trap.yaml`));
  const answered = trap.caughtBy?.join(', ') ?? 'never emitted';
  return `| ${parseInt(folder, 10)} | [${trap.title}](#${anchor(folder, trap)}) | ${trap.short} | ${answered} |`;
}

const page = `# Traps

Configurations of Istio's egress that look right, pass validation, and do something else. Each lies in a folder of [\`test/traps/\`](../test/traps), whole, and is
put into the real istiod, and most of them before real Envoys, on every run of \`npm run conformance\`: what is said of a call below is what became of it there. The numbers are those of the checks.

This page is written by \`npm run docs\`.

| | what people write | what happens | wayout |
| --- | --- | --- | --- |
${(await Promise.all(folders.map(summary))).join('\n')}

${(await Promise.all(folders.map(section))).join('\n')}`;

if (process.argv.includes('--check')) process.exitCode = page === (await read('docs/traps.md')) ? 0 : 1;
else await writeFile(new URL('docs/traps.md', root), page);
