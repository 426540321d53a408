import { qualified } from '../k8s/resource.ts';
import { passagesOf, samePods } from '../passages.ts';
import { type ExternalService, type Gateway, gatewaysOf, type Listener } from '../plan.ts';
import type { Rule } from './rule.ts';

/** Two ports of one host are told apart at a gateway by the pods' ports alone; policies that differ need to know them. */
export const accessNeedsPodPort: Rule = ({ services, report }) => {
  for (const service of services) {
    for (const gateway of gatewaysOf(service)) {
      const listeners = listenersOn(service, gateway);
      // Behind PASSTHROUGH everybody may: a rule without the port would open the others.
      const differ = service.access.length > 0 || new Set(listeners.map(({ mode }) => mode)).size > 1;
      const unknown = listeners.find(({ podPort }) => podPort === undefined);
      if (differ && listeners.length > 1 && unknown !== undefined) {
        report.add('WO3019', unknown.origin, {
          service: qualified(service),
          gateway: qualified(gateway),
          port: unknown.number,
        });
      }
    }
  }
};

/** The listeners that a service uses on the pods of a gateway, each once. */
const listenersOn = (service: ExternalService, gateway: Gateway): readonly Listener[] => [
  ...new Set(passagesOf(service).flatMap(passage => (samePods(passage.gateway, gateway) ? [passage.listener] : []))),
];
