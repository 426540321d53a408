// helm template, piped into wayout generate: generate.mjs WAYOUT. Without a shell, so that nothing an Application says is ever read as a command.
import { spawnSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { sep } from 'node:path';

const {
  ARGOCD_APP_NAME = 'release',
  ARGOCD_APP_NAMESPACE,
  KUBE_VERSION,
  KUBE_API_VERSIONS,
  ARGOCD_ENV_VALUES,
} = process.env;

/** Runs a program to its end, and ends with it where it fails: half a chart is not rendered. */
function run(program, args, input) {
  const { status, stdout, stderr, error } = spawnSync(program, args, { input, maxBuffer: 2 ** 27 });
  if (stderr?.length > 0) process.stderr.write(stderr);
  if (error !== undefined) process.stderr.write(`${program}: ${error.message}\n`);
  if (status !== 0) process.exit(status ?? 1);
  return stdout;
}

/** The real path of a values file; one outside the chart, or on the network, ends the render. */
function inChart(file) {
  const chart = realpathSync('.');
  try {
    const path = realpathSync(file);
    if (path.startsWith(`${chart}${sep}`)) return path;
  } catch {
    // Said below: what is not there is not in the chart.
  }
  process.stderr.write(`${file}: error: VALUES names files of the chart, separated by commas; this is none\n`);
  return process.exit(1);
}

const given = (option, value) => (value ? [`--${option}=${value}`] : []);
const listed = text => (text ?? '').split(',').filter(entry => entry !== '');
const chart = run('helm', [
  'template',
  '--include-crds',
  ...given('namespace', ARGOCD_APP_NAMESPACE),
  ...given('kube-version', KUBE_VERSION),
  ...listed(KUBE_API_VERSIONS).map(version => `--api-versions=${version}`),
  ...listed(ARGOCD_ENV_VALUES).map(file => `--values=${inChart(file)}`),
  '--',
  // An application outside Argo CD's own namespace is called <namespace>_<name>.
  ARGOCD_APP_NAME.split('_').at(-1),
  '.',
]);
process.stdout.write(run(process.execPath, [process.argv[2], 'generate', '-'], chart));
