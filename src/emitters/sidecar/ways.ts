import type { ExternalService, Host, Port } from '../../plan.ts';
import type { Destination, Forward } from '../../routing.ts';
import { hostFor, isHop, isNamed, isOutside } from '../../ways.ts';
import { gatewayHostName, serviceHost } from './identity.ts';

/** Where an entry of a VirtualService leads. */
interface Target {
  readonly host: string;
  readonly subset?: string;
  readonly port?: { readonly number: number | undefined };
}

/** One destination of an entry of a VirtualService. */
export interface Way {
  readonly destination: Target;
  readonly weight: number;
  /** The host that it is asked for, where that is not the one that the call came for. */
  readonly authority: string | undefined;
  /** Whether the call leaves the mesh here. */
  readonly leaves: boolean;
}

/** How a proxy gets to a port of an external service, or to some of its endpoints. */
type Reach = (service: ExternalService, host: Host, port: Port, subset?: string) => readonly Target[];

/** The ways of a route for calls to some host; one through several gateways divides its share. */
export function waysOf(
  { destinations, host }: Pick<Forward, 'destinations' | 'host'>,
  asked: string,
  reach: Reach = through,
): readonly Way[] {
  const all = destinations.map(destination => waysTo(destination, asked, host, reach));
  // Istio compares weights with their sum: all are made greater until each share is a whole number.
  const factor = all.reduce((product, ways) => product * Math.max(1, ways.length), 1);
  return destinations.flatMap(({ weight }, index) => {
    const ways = all[index] ?? [];
    return ways.map((way): Way => ({ ...way, weight: (weight * factor) / ways.length }));
  });
}

function waysTo(
  destination: Destination,
  asked: string,
  rewrite: Forward['host'],
  reach: Reach,
): readonly Omit<Way, 'weight'>[] {
  if (!isOutside(destination)) {
    const { host, port, subset } = destination;
    const target = { ...part(host, subset), ...(port !== undefined && { port: { number: port } }) };
    return [{ destination: target, authority: rewrite === 'its own' ? host : rewrite?.name, leaves: false }];
  }
  const { service, port, subset } = destination;
  const wanted = typeof rewrite === 'object' ? rewrite.name : asked;
  const host = hostFor(service, wanted);
  // What leads to no host was reported.
  if (host === undefined) return [];
  const own = host.kind === 'address' ? host.address : host.name;
  const isStrange = isHop(destination) && !isNamed(host, wanted);
  // Below a wildcard a call keeps its name.
  const named = rewrite === 'its own' ? (host.kind === 'wildcard' ? undefined : own) : rewrite?.name;
  const authority = isStrange ? own : named;
  return reach(service, host, port, subset).map(target => ({
    destination: target,
    authority,
    leaves: !isHop(destination),
  }));
}

/** From a client: to the gateways of the port, where there are any. */
export const through: Reach = (service, host, port, subset) =>
  port.routes.length === 0
    ? straight(service, host, port, subset)
    : port.routes.map(({ gateway, listeners }) => ({
        host: serviceHost(gateway),
        subset: gatewayHostName(service, gateway, host),
        port: { number: listeners.get(host)?.number },
      }));

/** To the host itself. */
export const straight: Reach = (_, { name }, { client }, subset) => [
  { ...part(name, subset), port: { number: client.number } },
];

const part = (host: string, subset: string | undefined): Target => ({
  host,
  ...(subset !== undefined && { subset }),
});
