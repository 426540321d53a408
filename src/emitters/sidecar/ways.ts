import type { ExternalService, Host, Port } from '../../plan.ts';
import { type Destination, type Forward, hostFor, isHop, isNamed, isOutside } from '../../routing.ts';
import { gatewayHostName, serviceHost } from './identity.ts';

/** One destination of an entry of a VirtualService. */
export interface Way {
  readonly destination: {
    readonly host: string;
    readonly subset?: string;
    readonly port?: { readonly number: number | undefined };
  };
  readonly weight: number;
  /** The host that it is asked for, where that is not the one that the call came for. */
  readonly authority?: string;
}

/** The ways of a route for calls to some host; one through several gateways divides its share. */
export function waysOf({ destinations, host }: Pick<Forward, 'destinations' | 'host'>, asked: string): readonly Way[] {
  const parts = destinations.map(destination => (isHop(destination) ? destination.port.routes.length : 1));
  // Istio compares weights with their sum: all are made greater until each share is a whole number.
  const factor = parts.reduce((product, count) => product * count, 1);
  return destinations.flatMap((destination, index) => {
    const weight = (destination.weight * factor) / (parts[index] ?? 1);
    const wanted = typeof host === 'object' ? host.name : asked;
    return oneWay(destination, wanted, host).map((way): Way => ({ ...way, weight }));
  });
}

function oneWay(destination: Destination, wanted: string, rewrite: Forward['host']): readonly Omit<Way, 'weight'>[] {
  if (!isOutside(destination)) {
    const { host, port } = destination;
    const authority = typeof rewrite === 'object' ? rewrite.name : rewrite === 'its own' ? host : undefined;
    return [{ destination: { host, ...(port !== undefined && { port: { number: port } }) }, ...named(authority) }];
  }
  const { service, port } = destination;
  const host = hostFor(service, wanted);
  // What leads to no host was reported.
  if (host === undefined) return [];
  const own = host.kind === 'address' ? host.address : host.name;
  const strange = port.routes.length > 0 && !isNamed(host, wanted);
  const authority = strange || rewrite === 'its own' ? own : rewrite?.name;
  return through(service, host, port).map(way => ({ destination: way, ...named(authority) }));
}

const named = (authority: string | undefined): Pick<Way, 'authority'> => (authority === undefined ? {} : { authority });

/** How a proxy sends a call on: to the gateways of the port, or straight to the host. */
export const through = (
  service: ExternalService,
  host: Host,
  { routes, client }: Port,
): readonly Way['destination'][] =>
  routes.length === 0
    ? [{ host: host.name, port: { number: client.number } }]
    : routes.map(({ gateway, listeners }) => ({
        host: serviceHost(gateway),
        subset: gatewayHostName(service, gateway, host),
        port: { number: listeners.get(host)?.number },
      }));
