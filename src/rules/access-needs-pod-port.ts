import { type ExternalService, type Gateway, gatewaysOf, type Listener, samePods } from '../plan.ts';
import { idOf, type Rule } from './rule.ts';

/** Two ports of one host are told apart at a gateway by the pods' ports alone; policies that differ need to know them. */
export const accessNeedsPodPort: Rule = ({ services, report }) => {
  for (const service of services) {
    for (const gateway of gatewaysOf(service)) {
      const listeners = listenersOn(service, gateway);
      // Behind PASSTHROUGH everybody may: a rule without the port would open the others.
      const differ = service.access.length > 0 || new Set(listeners.map(({ mode }) => mode)).size > 1;
      const unknown = listeners.find(({ podPort }) => podPort === undefined);
      if (differ && listeners.length > 1 && unknown !== undefined) {
        report.add('WO3019', unknown.origin, { service: idOf(service), gateway: idOf(gateway), port: unknown.number });
      }
    }
  }
};

/** The listeners that a service uses on the pods of a gateway, each once. */
function listenersOn({ ports }: ExternalService, gateway: Gateway): readonly Listener[] {
  const routes = ports.flatMap(port => port.routes.filter(route => samePods(route.gateway, gateway)));
  return [...new Set(routes.flatMap(({ listeners }) => [...listeners.values()]))];
}
