import type { Path, Source } from '../diagnostics/report.ts';
import { describe } from '../k8s/resource.ts';
import { heldBy } from '../resolve/held.ts';
import type { Witnesses } from '../witnesses.ts';
import { labelsOf } from './foreign.ts';
import type { Rule } from './rule.ts';
import { workloadsIn } from './workloads.ts';

const inject = 'sidecar.istio.io/inject';

/** Where no sidecar is, nobody knows who calls: the gateway refuses, and the network alone holds. */
export const injectionOff: Rule = ({ services, config, witnesses, report }) => {
  const held = heldBy(services, config);
  for (const { source, field, words } of [...namespacesWithout(held, witnesses), ...workloadsWithout(held, witnesses)])
    report.add('WO3306', { source, field }, { object: describe(source.resource), words });
};

interface Without {
  readonly source: Source;
  readonly field: Path;
  readonly words: string;
}

const namespacesWithout = (held: ReadonlySet<string>, witnesses: Witnesses): readonly Without[] =>
  held.size === 0
    ? []
    : witnesses
        .of('', 'Namespace')
        .filter(
          ({ resource: { metadata } }) =>
            held.has(metadata.name) && metadata.labels?.['istio-injection'] === 'disabled',
        )
        .map(source => ({
          source,
          field: ['metadata', 'labels', 'istio-injection'],
          words: 'istio-injection: disabled',
        }));

const workloadsWithout = (held: ReadonlySet<string>, witnesses: Witnesses): readonly Without[] =>
  workloadsIn(held, witnesses).flatMap(({ source, path, metadata }) => {
    // The label decides; the annotation is its older form.
    const place = ['labels', 'annotations'].find(each => inject in labelsOf(metadata[each]));
    return place !== undefined && labelsOf(metadata[place])[inject] === 'false'
      ? [{ source, field: [...path, 'metadata', place, inject], words: `${inject}: "false"` }]
      : [];
  });
