import { qualified } from '../k8s/resource.ts';
import type { Access, Client } from '../plan.ts';
import { isHop, isOutside } from '../ways.ts';
import type { Rule } from './rule.ts';

/** An ingress gateway that a table leads through an egress gateway, whose policies admit nobody there. */
export const tableAccess: Rule = ({ routeTables, report }) => {
  for (const { http, gateways } of routeTables) {
    const destinations = http.flatMap(({ action }) => (action.kind === 'forward' ? action.destinations : []));
    for (const { service, port, origin } of destinations.filter(isOutside).filter(isHop)) {
      const stated = service.access.filter(({ ports }) => ports.includes(port.number));
      const closed = gateways.find(
        ({ namespaces }) => stated.length > 0 && !stated.some(each => admits(each, namespaces)),
      );
      const [policy] = stated;
      if (closed === undefined || policy === undefined) continue;
      report.add('WO3207', origin, { gateway: closed.reference, service: qualified(service) }, [
        { words: 'the policy stands at', where: policy.origin },
      ]);
    }
  }
};

const admits = ({ clients }: Access, namespaces: readonly string[]): boolean =>
  clients.some(client => placesOf(client).some(each => each === '*' || namespaces.includes(each)));

const placesOf = (client: Client): readonly string[] =>
  'principal' in client ? [client.namespace] : client.namespaces === 'everyone' ? ['*'] : client.namespaces;
