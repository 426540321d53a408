import type { Source, Where } from '../diagnostics/report.ts';
import { at, below, type Draft, type DraftService, namespaceOf } from '../draft.ts';
import { isHttp, type Port } from '../plan.ts';
import { type AccessConfig, reportUnkept, requestFields, rulesOf, withClients } from '../resolve/access.ts';
import { type ObjectSelector, select, selectorText, selectsHere } from '../resolve/selectors.ts';
import { readSpec } from '../schemas.ts';
import type { Kind } from './kind.ts';

/** `security.policy.gloo.solo.io/v2` AccessPolicy. */
interface Spec {
  readonly applyToDestinations?: readonly DestinationSelector[];
  readonly applyToWorkloads?: readonly object[];
  readonly config?: AccessConfig;
}

interface DestinationSelector {
  readonly kind?: string;
  readonly selector?: ObjectSelector;
  readonly port?: { readonly number?: number; readonly name?: string };
}

/** Who may call; it is an input only if it selects external services, and stays untouched otherwise. */
export const accessPolicy: Kind = {
  apiVersion: 'security.policy.gloo.solo.io/v2',
  kind: 'AccessPolicy',
  contribute(source, draft) {
    const destinations = destinationsOf(source, draft);
    const ours = destinations.filter(({ kind }) => kind === 'EXTERNAL_SERVICE');
    // One that hardly means anything else is judged: left alone, it would guard nothing.
    if (destinations.some(({ kind }) => kind !== 'EXTERNAL_SERVICE' && /^external.?services?$/i.test(String(kind)))) {
      draft.used.add(source);
      readSpec<Spec>(source, 'access-policy', draft);
      return;
    }
    if (ours.length === 0) return;
    if (ours.length === destinations.length) draft.used.add(source);
    else draft.report.add('WO2201', at(source, 'spec', 'applyToDestinations'), {});
    const spec = readSpec<Spec>(source, 'access-policy', draft);
    if (spec === undefined) return;
    reportUnkept(source, spec.config ?? {}, draft);
    for (const [index, destination] of destinations.entries()) {
      if (destination.kind !== 'EXTERNAL_SERVICE') continue;
      const origin = at(source, 'spec', 'applyToDestinations', index);
      for (const { service, ports } of targets(source, destination, origin, draft)) {
        const enforced = enforceable(service, ports, source, spec.config ?? {}, origin, draft);
        for (const rule of rulesOf(source, spec.config ?? {})) {
          service.access.push(withClients(rule, service, enforced, draft));
        }
      }
    }
  },
};

/** Read before the schema: a policy that is not about us must not be judged by us. `applyToWorkloads` wins in Gloo. */
function destinationsOf(source: Source, draft: Draft): readonly DestinationSelector[] {
  const spec = source.resource.spec;
  if (typeof spec !== 'object' || spec === null) return [];
  // Every field is looked at below before it is used.
  const { applyToDestinations, applyToWorkloads } = spec as { readonly [key: string]: unknown };
  if (Array.isArray(applyToWorkloads) && applyToWorkloads.length > 0) return [];
  const destinations = Array.isArray(applyToDestinations) ? applyToDestinations : [];
  if (destinations.length === 0 && draft.services.some(service => service.namespace === namespaceOf(source))) {
    draft.report.add('WO2212', at(source, 'spec'), {});
  }
  return destinations.filter(entry => typeof entry === 'object' && entry !== null);
}

interface Target {
  readonly service: DraftService;
  readonly ports: readonly Port[];
}

/** The services that one entry selects, each with the ports it means; nothing selected is an error. */
function targets(
  source: Source,
  { selector, port }: DestinationSelector,
  origin: Where,
  draft: Draft,
): readonly Target[] {
  const where = below(origin, 'selector');
  if (!selectsHere(selector, where, draft)) return [];
  const { cluster: _, ...rest } = selector ?? {};
  const services = select(draft.services, rest, where, namespaceOf(source), { draft, what: 'ExternalService' });
  const found = services.flatMap(service => {
    const ports = service.ports.filter(candidate => fits(candidate, port));
    return ports.length > 0 ? [{ service, ports }] : [];
  });
  if (found.length === 0 && !draft.incomplete) {
    const portText = port === undefined ? '' : ` with port ${port.number ?? port.name}`;
    draft.report.add('WO2020', where, { selector: selectorText(selector), what: `ExternalService${portText}` });
  }
  return found;
}

const fits = (port: Port, wanted: DestinationSelector['port']): boolean =>
  wanted === undefined || (wanted.number === undefined ? port.name === wanted.name : port.number === wanted.number);

/** The ports on which the gateway can enforce a policy; the others are reported. */
function enforceable(
  service: DraftService,
  ports: readonly Port[],
  source: Source,
  config: AccessConfig,
  origin: Where,
  { report }: Draft,
): readonly Port[] {
  const id = `${service.namespace}/${service.name}`;
  const fields = requestFields(config);
  return ports.filter(port => {
    const place = [{ words: 'the port stands at', where: port.origin }];
    if (port.routes.length === 0) {
      report.add('WO2204', origin, { service: id, port: port.name }, place);
      return false;
    }
    const blind = port.routes.find(({ listeners }) =>
      [...listeners.values()].some(({ mode }) => mode === 'PASSTHROUGH'),
    );
    if (blind !== undefined) {
      report.add('WO2206', origin, { service: id, gateway: `${blind.gateway.namespace}/${blind.gateway.name}` }, place);
      return false;
    }
    if (fields.length > 0 && !isHttp(port.client.protocol)) {
      const where = at(source, 'spec', 'config');
      report.add(
        'WO2205',
        where,
        { fields: fields.join(', '), service: id, port: port.name, protocol: port.protocol },
        place,
      );
      return false;
    }
    return true;
  });
}
