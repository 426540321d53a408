import { type ConfigOptions, proposeConfig } from '../commands/config.ts';
import type { Declare } from './declare.ts';
import { exits } from './help.ts';
import { live } from './options.ts';

/** `wayout config --live`. */
export const config: Declare = (program, run) =>
  live(program.command('config'))
    .summary('write the EgressConfig that the cluster needs')
    .description(
      'Writes the EgressConfig that the cluster of the kubeconfig needs: gateways, trust domain, DNS capture, outbound policy, namespaces.',
    )
    .argument('[DIR...]', 'whose VirtualGateways name the gateways; otherwise each has the name of its Service')
    .addHelpText('after', exits)
    .action((paths: string[], options: ConfigOptions) => run(io => proposeConfig(paths, options, io)));
