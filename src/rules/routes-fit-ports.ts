import { qualified } from '../k8s/resource.ts';
import { isHttp, isOpaque, isTls, type Port } from '../plan.ts';
import type { Destination, RouteTable, ToExternalService } from '../routing.ts';
import { isOutside } from '../ways.ts';
import type { Rule } from './rule.ts';

/** Nothing can go to a service that was left out nor be routed there for its hosts, requests not to a port that takes none, nor an application's TLS to one that reads requests. */
export const routesFitPorts: Rule = ({ services, routeTables, report }) => {
  for (const { origin, name, service } of routeTables.flatMap(({ hosts }) => hosts)) {
    if (service !== undefined && !services.includes(service))
      report.add('WO2432', origin, { host: name, service: qualified(service) });
  }
  for (const { kind, destination } of routeTables.flatMap(sorted)) {
    const { service, port, origin } = destination;
    if (!services.includes(service)) report.add('WO3208', origin, { service: qualified(service) });
    if (fits[kind](port)) continue;
    const args = { kind, port: port.name, protocol: port.client.protocol, service: qualified(service) };
    report.add('WO3201', origin, args, [{ words: 'the port stands at', where: port.origin }]);
  }
};

type Sort = 'http' | 'tls' | 'tcp';

/** Every external service that a table leads to, by the sort of its route. */
function sorted({ http, tls, tcp }: RouteTable): readonly { kind: Sort; destination: ToExternalService }[] {
  const outside = (kind: Sort, destinations: readonly Destination[]) =>
    destinations.filter(isOutside).map(destination => ({ kind, destination }));
  return [
    ...http.flatMap(({ action }) => (action.kind === 'forward' ? outside('http', action.destinations) : [])),
    ...tls.flatMap(({ destinations }) => outside('tls', destinations)),
    ...tcp.flatMap(({ destinations }) => outside('tcp', destinations)),
  ];
}

/** A proxy that has read a request can open the TLS that the port wants; what it has not read it cannot. */
const fits: Readonly<Record<Sort, (port: Port) => boolean>> = {
  http: ({ client, origination, routes }) =>
    isHttp(client.protocol) || (isTls(client.protocol) && origination !== undefined && routes.length === 0),
  tls: ({ client, origination }) => isTls(client.protocol) && origination === undefined,
  tcp: ({ client }) => isOpaque(client.protocol),
};
