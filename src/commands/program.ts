import type { Command, CommanderError } from 'commander';
import type { Io } from '../io/standard.ts';
import { type CheckOptions, check } from './check.ts';
import { checkExpanded } from './check-expanded.ts';
import { type ConfigOptions, proposeConfig } from './config.ts';
import { type DiffOptions, diff, type ReviewFormat } from './diff.ts';
import { type GenerateOptions, generate } from './generate.ts';
import { krm } from './krm.ts';
import { type Format, type RenderOptions, renderFiles } from './render.ts';

const formats: readonly Format[] = ['text', 'json'];
const reviewFormats: readonly ReviewFormat[] = ['text', 'markdown', 'json'];

const inputs = `
DIR stands for every *.yaml, *.yml and *.json file below it, but for hidden
ones and those in node_modules. Left out: kustomization.yaml, and files without
apiVersion and kind that name no API group of Gloo's or ours. A link that leaves
DIR is refused. DIR can also be a single file; - is standard input: YAML
documents or a ResourceList.`;

const outputs = `
Without --output, standard output gets every object: other people's as they
came, the inputs replaced by what they became. With --output, DIR gets a file
<namespace>-<kind>-<name>.yaml for each object that wayout made, and nothing
else: equal files are left alone, and so is every file that is not wayout's.`;

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

const exits = `
Exit codes: 0 done, 1 the input is wrong, or stale with --check, 2 the command
line is wrong, 3 wayout itself failed, 4 egress opens, with diff --fail-on opens.`;

const sides = `
BASE and HEAD are each a folder, a file, - for standard input, or a revision as
Git writes it, REVISION:PATH with the path from the top of the repository
(REVISION:./PATH from here). Sources are rendered in memory, a kustomization on
the disk is built before; what wayout has rendered, such as a branch of rendered
manifests, is taken as it is.

The summary is made from the Istio objects that wayout made: who can reach which
host and port, through which gateway, to which endpoints, with which access, and
who verifies the server. Other Istio objects that differ are named, not judged.`;

/** Reads a command line as people type it, and runs what it names; the answer is the exit code. */
export async function runProgram(args: readonly string[], io: Io): Promise<number> {
  const { Command, CommanderError, InvalidArgumentError, Option } = await import('commander');
  let exitCode = 0;
  const program = new Command('wayout')
    .description('Renders Gloo Mesh external services into plain Istio, without a control plane.')
    .version(io.version)
    .configureOutput({
      writeOut: io.stdout,
      writeErr: io.stderr,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .showHelpAfterError('(wayout --help shows what there is)')
    .addHelpText('after', exits)
    .exitOverride();
  const seconds = (text: string): number => {
    const value = Number(text);
    if (!(value > 0 && value <= 3600)) throw new InvalidArgumentError('It is a number of seconds, up to 3600.');
    return value;
  };
  const format = () =>
    new Option('--format <format>', 'how to write what was found, on standard error').choices(formats).default('text');

  const rendering: Command = program
    .command('render')
    .summary('render files and folders')
    .description('Renders files and folders.')
    .argument('<DIR...>', 'folders, files, or - for standard input')
    .option('--output <DIR>', 'write a file for each object that wayout made, instead of one stream')
    .option('--prune', 'with --output: remove the files of wayout that nothing yields any more')
    .option('--check', 'with --output: write nothing; show as a diff what is stale, and fail if anything is')
    .option('--config <FILE>', 'a file with one EgressConfig, used as the functionConfig is')
    .addOption(format())
    .addHelpText('after', `${inputs}\n${outputs}\n${exits}`)
    .action(async (paths: string[], options: RenderOptions) => {
      if (options.output === undefined && (options.prune === true || options.check === true)) {
        rendering.error(`error: --${options.prune === true ? 'prune' : 'check'} needs --output DIR`);
      }
      exitCode = await renderFiles(paths, options, io);
    });

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
    .action(async (path: string, options: GenerateOptions) => {
      exitCode = await generate(path, options, io);
    });

  program
    .command('krm')
    .summary('be a KRM function: a ResourceList on standard input, the rendered one on standard output')
    .description(
      'A KRM function, as kustomize and kpt call it: a ResourceList on standard input, the rendered one on standard output.',
    )
    .option('--validate', 'return no items, only fail on errors: for validators')
    .addHelpText('after', exits)
    .action(({ validate }: { validate?: boolean }) => {
      exitCode = krm({ validate: validate === true }, io);
    });

  program
    .command('check-expanded')
    .summary('fail if an input is still in a stream that was to be rendered')
    .description(`Fails if an external service, an external endpoint or an EgressConfig is still there.
kustomize build without --enable-exec skips the function and says nothing: pipe its output through this.`)
    .argument('<DIR...>', 'folders, files, or - for standard input')
    .addOption(format())
    .addHelpText('after', `${inputs}\n${exits}`)
    .action(async (paths: string[], options: { readonly format: Format }) => {
      exitCode = await checkExpanded(paths, options, io);
    });

  program
    .command('diff')
    .summary('say what a change opens and closes, then how the objects change')
    .description('Compares two sides for review: first what leaves the mesh, then the objects that wayout made.')
    .argument('<BASE>', 'what stands, such as origin/main:manifests')
    .argument('<HEAD>', 'what is to stand, such as manifests')
    .option('--config <FILE>', 'a file with one EgressConfig, used as the functionConfig of both sides')
    .addOption(
      new Option('--format <format>', 'how to write the review, on standard output')
        .choices(reviewFormats)
        .default('text'),
    )
    .addOption(
      new Option('--fail-on <what>', 'end with exit code 4 if the change opens anything, or may').choices(['opens']),
    )
    .addHelpText('after', `${sides}\n${exits}`)
    .action(async (base: string, head: string, options: DiffOptions) => {
      exitCode = await diff(base, head, options, io);
    });

  const live = (command: Command): Command =>
    command
      .option('--context <NAME>', 'a context of the kubeconfig; otherwise the current one')
      .option('--istio-namespace <NAME>', 'where istiod runs', 'istio-system')
      .option('--timeout <SECONDS>', 'how long one answer of the API server may take', seconds, 30)
      .addOption(format());

  live(
    program
      .command('check')
      .summary('check what is rendered against what runs in the cluster')
      .description(
        'Renders beside what runs in the cluster of the kubeconfig, changes nothing there, and says where the two do not agree.',
      )
      .argument('[DIR...]', 'folders, files, or - for standard input', ['.'])
      .requiredOption('--live', 'ask the cluster')
      .option('--config <FILE>', 'a file with one EgressConfig, used as the functionConfig is')
      .addOption(
        new Option('--dry-run <where>', 'send what is rendered to the API server, for its verdict alone').choices([
          'server',
        ]),
      )
      .addOption(new Option('--fail-on <what>', 'exit with 1 also where the cluster has drifted').choices(['drift'])),
  )
    .addHelpText('after', `${inputs}\n${exits}`)
    .action(async (paths: string[], options: CheckOptions) => {
      exitCode = await check(paths, options, io);
    });

  live(
    program
      .command('config')
      .summary('write the EgressConfig that the cluster needs')
      .description(
        'Writes the EgressConfig that the cluster of the kubeconfig needs: gateways, trust domain, DNS capture, outbound policy, namespaces.',
      )
      .argument('[DIR...]', 'whose VirtualGateways name the gateways; otherwise each has the name of its Service')
      .requiredOption('--live', 'ask the cluster'),
  )
    .addHelpText('after', exits)
    .action(async (paths: string[], options: ConfigOptions) => {
      exitCode = await proposeConfig(paths, options, io);
    });

  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return usage(error);
  }
}

/** Help that was asked for is no mistake. */
const usage = ({ exitCode }: CommanderError): number => (exitCode === 0 ? 0 : 2);
