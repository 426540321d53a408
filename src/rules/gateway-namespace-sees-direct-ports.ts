import { qualified } from '../k8s/resource.ts';
import { gatewaysOf } from '../plan.ts';
import type { Rule } from './rule.ts';

/** A gateway must see the host of the port that it carries; its neighbours then see the host's other ports too, which nothing guards. */
export const gatewayNamespaceSeesDirectPorts: Rule = ({ services, report }) => {
  for (const service of services) {
    const { clients, ports } = service;
    const [direct] = ports.filter(({ routes }) => routes.length === 0);
    if (direct === undefined || clients === 'everyone') continue;
    for (const gateway of gatewaysOf(service).filter(({ workloadNamespace }) => !clients.includes(workloadNamespace))) {
      report.add('WO3023', direct.origin, {
        namespace: gateway.workloadNamespace,
        service: qualified(service),
        port: direct.name,
      });
    }
  }
};
