import type { Source, Where } from '../diagnostics/report.ts';
import { at, type Draft, type DraftService, namespaceOf } from '../draft.ts';
import { qualified } from '../k8s/resource.ts';
import { isHttp, type Port } from '../plan.ts';
import { type AccessConfig, reportUnkept, requestFields, rulesOf, withClients } from '../resolve/access.ts';
import { choicesOf, isInput, targets } from '../resolve/destinations.ts';
import { readSpec } from '../schemas.ts';
import type { Contribution } from './kind.ts';

/** `security.policy.gloo.solo.io/v2` AccessPolicy. */
interface Spec {
  readonly config?: AccessConfig;
}

/** Who may call; it is an input only if it selects external services, and stays untouched otherwise. */
export const accessPolicy: Contribution = {
  contribute(source, draft) {
    if (isForWorkloads(source)) return;
    const choices = choicesOf(source, draft);
    if (choices.none && draft.services.some(service => service.namespace === namespaceOf(source)))
      draft.report.add('WO2212', at(source, 'spec'), {});
    if (!isInput(source, choices, draft)) return;
    const spec = readSpec<Spec>(source, 'access-policy', draft);
    if (spec === undefined) return;
    reportUnkept(source, spec.config ?? {}, draft);
    for (const choice of choices.ours) {
      for (const { service, ports } of targets(source, choice, draft)) {
        const enforced = enforceable(service, ports, source, spec.config ?? {}, choice.origin, draft);
        for (const rule of rulesOf(source, spec.config ?? {})) {
          service.access.push(withClients(rule, service, enforced, draft));
        }
      }
    }
  },
};

/** `applyToWorkloads` wins in Gloo. */
function isForWorkloads({ resource: { spec } }: Source): boolean {
  const workloads = typeof spec === 'object' && spec !== null && 'applyToWorkloads' in spec && spec.applyToWorkloads;
  return Array.isArray(workloads) && workloads.length > 0;
}

/** The ports on which the gateway can enforce a policy; the others are reported. */
function enforceable(
  service: DraftService,
  ports: readonly Port[],
  source: Source,
  config: AccessConfig,
  origin: Where,
  { report }: Draft,
): readonly Port[] {
  const id = qualified(service);
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
      report.add('WO2206', origin, { service: id, gateway: qualified(blind.gateway) }, place);
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
