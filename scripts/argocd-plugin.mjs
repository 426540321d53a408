// Writes the plugin configurations in argocd/, the Helm values that hold them, and the table of parameters in docs/argocd.md, all from the
// one table of options. With --check it only says which are stale. Needs the build.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse, stringify } from 'yaml';
import { announcements } from '../dist/src/announcements.js';

const path = file => fileURLToPath(new URL(`../${file}`, import.meta.url));
const { version } = JSON.parse(readFileSync(path('package.json'), 'utf8'));

const file = (comment, value) =>
  `# Made by npm run docs.\n# ${comment}\n${stringify(value, { lineWidth: 0, indentSeq: false })}`;

/** A ConfigManagementPlugin: without discovery, so that an Application asks for it by name and no repository is sent twice. */
const plugin = (comment, { name = 'wayout', command, ...spec }) =>
  file(comment, {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'ConfigManagementPlugin',
    metadata: { name },
    spec: { ...spec, generate: { command }, parameters: { static: announcements } },
  });

const generate = ['node', '/opt/wayout/wayout', 'generate'];
const helm = ['node', '/opt/wayout/helm/generate.mjs', '/opt/wayout/wayout'];

/** What the component patches into the repo-server, as values of the community chart. */
const { containers, volumes } = parse(readFileSync(path('argocd/sidecar/sidecar.yaml'), 'utf8')).spec.template.spec;
const platform = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'wayout-platform' },
  data: { 'platform.yaml': readFileSync(path('argocd/sidecar/platform.yaml'), 'utf8') },
};
const values = { repoServer: { extraContainers: containers, volumes }, extraObjects: [platform] };

/** A sentence in a table's cell. */
const cell = text => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const row = ({ name, tooltip, collectionType, string }) =>
  `| \`${name}\` | ${collectionType} | ${string === undefined ? '' : `\`${string}\``} | ${cell(tooltip)} |`;
const table = ['| parameter | given as | default | |', '| --- | --- | --- | --- |', ...announcements.map(row)].join(
  '\n',
);

const page = existsSync(path('docs/argocd.md')) ? readFileSync(path('docs/argocd.md'), 'utf8') : '';
const files = {
  'argocd/plugin.yaml': plugin('Applications name it `wayout`, whatever its version.', { command: generate }),
  'argocd/next/plugin.yaml': plugin(
    `For a second sidecar beside the old one: Applications name it \`wayout-v${version}\`.`,
    {
      command: generate,
      version: `v${version}`,
    },
  ),
  'argocd/helm/plugin.yaml': plugin(
    'For charts: helm template, piped into wayout. Applications name it `wayout-helm`.',
    {
      name: 'wayout-helm',
      command: helm,
    },
  ),
  'argocd/values.yaml': file(
    'Values for the community chart argo-cd: put the image that you built, with its digest, in the place of `wayout`.',
    values,
  ),
  'docs/argocd.md': page.replace(
    /(<!-- parameters -->\n)[\s\S]*?(<!-- \/parameters -->)/,
    (_, open, close) => `${open}${table}\n${close}`,
  ),
};

for (const [name, text] of Object.entries(files)) {
  const stale = !existsSync(path(name)) || readFileSync(path(name), 'utf8') !== text;
  if (process.argv.includes('--check')) {
    if (stale) console.error(`${name} is stale: npm run build && npm run docs`);
    process.exitCode ||= stale ? 1 : 0;
  } else if (stale) writeFileSync(path(name), text);
}
