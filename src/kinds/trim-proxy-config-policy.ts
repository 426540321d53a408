import type { Source } from '../diagnostics/report.ts';
import { type Draft, type DraftService, namespaceOf } from '../draft.ts';
import { fieldsOf, labelsOf, listOf, specOf } from '../rules/foreign.ts';
import { printFlow } from '../yaml/print.ts';

/**
 * The Sidecars that leave pods what a TrimProxyConfigPolicy names, for all that is known here: Services are for the user to add.
 *
 * They name every external service that the namespace sees: one that a Sidecar hides is called past its gateway.
 */
export function sidecarFor(source: Source, services: readonly DraftService[], draft: Draft): string {
  const workloads = listOf(specOf(source).applyToWorkloads).map(entry => fieldsOf(fieldsOf(entry).selector));
  const sidecars = (workloads.length === 0 ? [{}] : workloads).map(({ namespace: wanted, labels }, index) => {
    const namespace = typeof wanted === 'string' ? wanted : namespaceOf(source);
    const seen = draft.services.filter(
      service => services.includes(service) || service.clients === 'everyone' || service.clients.includes(namespace),
    );
    return {
      apiVersion: 'networking.istio.io/v1',
      kind: 'Sidecar',
      metadata: { name: [source.resource.metadata.name, ...(index > 0 ? [index + 1] : [])].join('-'), namespace },
      spec: {
        ...(Object.keys(labelsOf(labels)).length > 0 && { workloadSelector: { labels: labelsOf(labels) } }),
        egress: [{ hosts: ['istio-system/*', ...seen.flatMap(hostsOf)] }],
      },
    };
  });
  return `write ${sidecars.map(printFlow).join(' and ')}, with <namespace>/<host> for each Service that these pods call`;
}

const hostsOf = ({ namespace, hosts }: DraftService): readonly string[] =>
  hosts.map(({ name }) => `${namespace}/${name}`);
