import { Option } from 'commander';
import { type DiffOptions, type ReviewFormat, diff as review } from '../commands/diff.ts';
import type { Declare } from './declare.ts';
import { exits } from './help.ts';

const formats: readonly ReviewFormat[] = ['text', 'markdown', 'json'];

const sides = `
BASE and HEAD are each a folder, a file, - for standard input, or a revision as
Git writes it, REVISION:PATH with the path from the top of the repository
(REVISION:./PATH from here). Sources are rendered in memory, a kustomization on
the disk is built before; what wayout has rendered, such as a branch of rendered
manifests, is taken as it is.

The summary is made from the Istio objects that wayout made: who can reach which
host and port, through which gateway, to which endpoints, with which access, and
who verifies the server. Every other difference between objects of Istio and of
the Gateway API, NetworkPolicies and the mesh's ConfigMap is named, and counts: it
may open egress. Labels and annotations count only where Istio reads them.`;

/** `wayout diff`. */
export const diff: Declare = (program, run) =>
  program
    .command('diff')
    .summary('say what a change opens and closes, then how the objects change')
    .description('Compares two sides for review: first what leaves the mesh, then the objects that wayout made.')
    .argument('<BASE>', 'what stands, such as origin/main:manifests')
    .argument('<HEAD>', 'what is to stand, such as manifests')
    .option('--config <FILE>', 'a file with one EgressConfig, used as the functionConfig of both sides')
    .addOption(
      new Option('--format <format>', 'how to write the review, on standard output').choices(formats).default('text'),
    )
    .addOption(
      new Option('--fail-on <what>', 'end with exit code 4 if the change opens anything, or may').choices(['opens']),
    )
    .addHelpText('after', `${sides}\n${exits}`)
    .action((base: string, head: string, options: DiffOptions) => run(io => review(base, head, options, io)));
