import { bears } from '../k8s/labels.ts';
import { qualified } from '../k8s/resource.ts';
import { passagesOf } from '../passages.ts';
import { type ExternalService, type Gateway, gatewaysOf } from '../plan.ts';
import type { Rule } from './rule.ts';

/** A Gateway is served by pods of every namespace that bear its labels: two gateways with the same ones serve each other's hosts. */
export const gatewaysSharePods: Rule = ({ services, report }) => {
  for (const service of services) {
    const gateways = gatewaysOf(service);
    for (const [index, gateway] of gateways.entries()) {
      const other = gateways
        .slice(0, index)
        .find(before => overlap(before, gateway) && shareListener(service, before, gateway));
      if (other === undefined) continue;
      report.add('WO3020', service.origin, { gateway: qualified(gateway), other: qualified(other) }, [
        { words: 'the gateway stands at', where: gateway.origin },
        { words: 'the other stands at', where: other.origin },
      ]);
    }
  }
};

const overlap = (one: Gateway, other: Gateway): boolean =>
  bears(one.workloadLabels, other.workloadLabels) || bears(other.workloadLabels, one.workloadLabels);

const shareListener = (service: ExternalService, one: Gateway, other: Gateway): boolean => {
  const numbers = (gateway: Gateway) =>
    passagesOf(service).flatMap(passage => (passage.gateway === gateway ? [passage.listener.number] : []));
  return numbers(one).some(number => numbers(other).includes(number));
};
