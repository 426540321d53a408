import { describe } from '../k8s/resource.ts';
import { heldBy } from '../resolve/held.ts';
import type { Rule } from './rule.ts';
import { workloadsIn } from './workloads.ts';

/** A pod on the network of its node is the node: no NetworkPolicy selects it, no sidecar catches its calls. */
export const hostNetwork: Rule = ({ services, config, witnesses, report }) => {
  for (const { source, path, spec } of workloadsIn(heldBy(services, config), witnesses)) {
    if (spec.hostNetwork === true)
      report.add('WO3303', { source, field: [...path, 'spec', 'hostNetwork'] }, { object: describe(source.resource) });
  }
};
