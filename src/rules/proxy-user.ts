import { describe } from '../k8s/resource.ts';
import { heldBy } from '../resolve/held.ts';
import { fieldsOf } from './foreign.ts';
import type { Rule } from './rule.ts';
import { containersOf, type Workload, workloadsIn } from './workloads.ts';

/** The user of the sidecar itself, whose packets are not sent to it once more. */
const proxy = 1337;

/** What runs as the sidecar's user goes round the sidecar. */
export const proxyUser: Rule = ({ services, config, witnesses, report }) => {
  for (const workload of workloadsIn(heldBy(services, config), witnesses)) {
    for (const { who, field } of asProxy(workload))
      report.add('WO3304', { source: workload.source, field }, { object: describe(workload.source.resource), who });
  }
};

function asProxy(workload: Workload) {
  const { path, spec } = workload;
  const containers = containersOf(workload).flatMap(({ name, fields, path: place }) =>
    userOf(fields) === proxy ? [{ who: `container "${name}"`, field: [...place, 'securityContext', 'runAsUser'] }] : [],
  );
  return userOf(spec) === proxy
    ? [...containers, { who: 'every container', field: [...path, 'spec', 'securityContext', 'runAsUser'] }]
    : containers;
}

const userOf = (of: Readonly<Record<string, unknown>>): unknown => fieldsOf(of.securityContext).runAsUser;
