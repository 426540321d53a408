import { describe } from '../k8s/resource.ts';
import { heldBy } from '../resolve/held.ts';
import { labelsOf } from './foreign.ts';
import type { Rule } from './rule.ts';
import { workloadsIn } from './workloads.ts';

/** Annotations by which calls are not sent to the sidecar: those that leave some out, and one that names what is not left out. */
export const excludedOutbound: Rule = ({ services, config, witnesses, report }) => {
  for (const { source, path, metadata } of workloadsIn(heldBy(services, config), witnesses)) {
    for (const [name, value] of Object.entries(labelsOf(metadata.annotations))) {
      const calls = past(name, value);
      if (calls === undefined) continue;
      const field = [...path, 'metadata', 'annotations', name];
      const object = describe(source.resource);
      report.add('WO3305', { source, field }, { object, annotation: `${name}: "${value}"`, calls });
    }
  }
};

/** Which calls an annotation takes past the sidecar; undefined if none. */
function past(name: string, value: string): string | undefined {
  if (name.startsWith('traffic.sidecar.istio.io/excludeOutbound')) return value === '' ? undefined : 'these calls';
  return name === 'traffic.sidecar.istio.io/includeOutboundIPRanges' && value !== '*' ? 'all other calls' : undefined;
}
