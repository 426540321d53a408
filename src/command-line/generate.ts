import { Option } from 'commander';
import { type GenerateOptions, generate as generateStream } from '../commands/generate.ts';
import type { Declare } from './declare.ts';
import { exits } from './help.ts';
import { formats } from './options.ts';

const generating = `
DIR is what render takes, or a folder with a kustomization: then plain
kustomize build makes the objects, by the kustomize on PATH, which runs no
function; a kustomization that lists wayout is refused. Links and overlays
that leave the repository are refused.

What Argo CD sets counts: ARGOCD_APP_PARAMETERS (a JSON list of name and
string, array or map; the fields of EgressConfig), ARGOCD_APP_NAMESPACE (for
inputs without a namespace), ARGOCD_APP_SOURCE_PATH (the working directory,
seen from the repository) and KUBE_API_VERSIONS (what the cluster serves;
only checked).

The later wins, field by field: the platform's EgressConfig, one among the
manifests, --config or a functionConfig, parameters. The platform's may name
fields that nobody else changes (locked), and the hosts and addresses of other
repositories (claimed).`;

/** `wayout generate`. */
export const generate: Declare = (program, run) =>
  program
    .command('generate')
    .summary('render one folder or stream for Argo CD: what its plugin runs, the same on a laptop')
    .description('Renders what Argo CD deploys: one stream of objects; any error means none.')
    .argument('[DIR]', 'a folder, a file, or - for standard input', '.')
    .option('--config <FILE>', 'a file with one EgressConfig, used as a functionConfig is')
    .option(
      '--platform <PATH>',
      'the EgressConfig of the platform: a file, or a folder of them (/etc/wayout, where there is one)',
    )
    .addOption(
      new Option('--format <format>', 'how to write what was found, on standard error: line is for Argo CD, and short')
        .choices(['line', ...formats])
        .default('line'),
    )
    .addHelpText('after', `${generating}\n${exits}`)
    .action((path: string, options: GenerateOptions) => run(io => generateStream(path, options, io)));
