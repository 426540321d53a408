import type { GatewayConfig } from '../config.ts';
import type { Source, Where } from '../diagnostics/report.ts';
import type { Draft } from '../draft.ts';
import { bears, labelText } from '../k8s/labels.ts';
import { describe, qualified } from '../k8s/resource.ts';
import type { Gateway } from '../plan.ts';
import { fieldsOf, labelsOf, listOf, namespaceOf, specOf } from '../rules/foreign.ts';
import { named } from '../witnesses.ts';

/** A port of the gateway's Service; `targetPort` is the pods' port where it is a number. */
export interface ServicePort {
  readonly name?: string;
  readonly number: number;
  readonly targetPort?: number;
}

/** The Service before a gateway's pods. */
export interface GatewayService {
  readonly name: string;
  readonly namespace: string;
  readonly ports: readonly ServicePort[];
}

/**
 * The Service of a gateway: the one that EgressConfig names, else the one in the pods' namespace that selects them.
 *
 * A Service selects the pods if its selector is contained in their labels, or contains them: Gloo users write either.
 */
export function serviceOf(
  gateway: Pick<Gateway, 'name' | 'namespace' | 'workloadLabels' | 'workloadNamespace'>,
  config: GatewayConfig | undefined,
  origin: Where,
  draft: Draft,
): GatewayService | undefined {
  const { workloadNamespace: namespace, workloadLabels } = gateway;
  const services = draft.witnesses.of('', 'Service').filter(source => namespaceOf(source) === namespace);
  const given = config?.service;
  if (given !== undefined) {
    const source = named(draft.witnesses, '', 'Service', { namespace, name: given.name });
    const ports = config?.ports ?? (source === undefined ? undefined : portsOf(source));
    if (ports !== undefined) return { name: given.name, namespace, ports };
  }
  const found = services.filter(
    source => selects(source, workloadLabels) && (given === undefined || source.resource.metadata.name === given.name),
  );
  const id = qualified(gateway);
  const [service, second] = found;
  if (service === undefined) {
    draft.report.add('WO2103', origin, { gateway: id, namespace, labels: labelText(workloadLabels) });
    return undefined;
  }
  if (second !== undefined) {
    const text = found.map(({ resource }) => describe(resource)).join(', ');
    draft.report.add(
      'WO2104',
      origin,
      { gateway: id, found: text },
      found.map(where => ({ words: 'one stands at', where: { source: where } })),
    );
    return undefined;
  }
  return { name: service.resource.metadata.name, namespace, ports: config?.ports ?? portsOf(service) };
}

function selects(source: Source, labels: Readonly<Record<string, string>>): boolean {
  const selector = labelsOf(specOf(source).selector);
  return Object.keys(selector).length > 0 && (bears(labels, selector) || bears(selector, labels));
}

/** A witness has no schema: what is not shaped like a port counts as none. */
const portsOf = (source: Source): readonly ServicePort[] =>
  listOf(specOf(source).ports)
    .map(fieldsOf)
    .flatMap(({ name, port, targetPort = port }) =>
      typeof port === 'number'
        ? [
            {
              number: port,
              ...(typeof name === 'string' && { name }),
              ...(typeof targetPort === 'number' && { targetPort }),
            },
          ]
        : [],
    );
