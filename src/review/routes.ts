import type { Resource } from '../k8s/resource.ts';
import { textsOf } from '../rules/foreign.ts';
import { type Destination, type Leg, legsOf } from './legs.ts';
import { madeFrom, type Objects, seenBy, specOf } from './objects.ts';
import { elsewhere, hostPort, type Way } from './way.ts';

/** The Service of a destination as people name it. */
export const serviceText = ({ host, port }: Destination): string =>
  hostPort(host.replace(/\.svc\.cluster\.local$/, ''), port);

/** Where a destination of a host's route leads: to the host itself, to a gateway on the way there, or to somebody else. */
export function leadOf(
  destination: Destination,
  { host, source, legs }: { readonly host: string; readonly source: string; readonly legs: readonly Leg[] },
  objects: Objects,
): 'host' | 'gateway' | 'other' {
  if (destination.host === host) return 'host';
  const hop = objects.hop(destination);
  const isOwn =
    hop === undefined
      ? destination.subset !== undefined &&
        legs.some(leg => !leg.from.includes('mesh') && leg.port === destination.port)
      : madeFrom(hop.rule) === source;
  return isOwn ? 'gateway' : 'other';
}

/** A destination that is another host: `routed to api.pay.example through istio-egressgateway.istio-gateways:443`. */
export function routedText(destination: Destination, leg: Leg, objects: Objects): string {
  const sni = objects.hop(destination)?.sni;
  const service = serviceText(destination);
  const where = sni === undefined ? `${service}${subsetText(destination)}` : `${sni} through ${service}`;
  return `routed to ${where}${podsText(leg)}${shareText(destination)}`;
}

/** A destination that is the host itself, or on the way there: what a route says of it, if that is not all its endpoints for all pods. */
export function narrowedText(host: string, port: number, destination: Destination, leg: Leg): readonly string[] {
  const isEnd = destination.host === host;
  const narrowing = `${isEnd ? subsetText(destination) : ''}${podsText(leg)}${isEnd ? shareText(destination) : ''}`;
  return narrowing === '' ? [] : [`${hostPort(host, port)}${narrowing}`];
}

const subsetText = ({ subset }: Destination): string => (subset === undefined ? '' : ` in subset ${subset}`);
const shareText = ({ share }: Destination): string =>
  share === undefined ? '' : ` for ${Math.round(share * 100) / 100} % of the calls`;
const podsText = ({ workloads }: Leg): string => (workloads === undefined ? '' : ` for pods with ${workloads}`);

/** The ways that routes open under a name of their own: no ServiceEntry of the same source declares it, so no port and no server is known of it. */
export function waysOfRoutes(objects: Objects): readonly Way[] {
  const declared = new Set(
    objects.serviceEntries.flatMap(entry => textsOf(specOf(entry).hosts).map(host => `${madeFrom(entry)} ${host}`)),
  );
  return objects.routes.flatMap(resource =>
    textsOf(specOf(resource).hosts)
      .filter(host => !declared.has(`${madeFrom(resource)} ${host}`))
      .flatMap(host => waysUnder(host, resource, objects)),
  );
}

function waysUnder(host: string, resource: Resource, objects: Objects): readonly Way[] {
  objects.consult(resource);
  const legs = legsOf([resource]);
  const callers = [...new Set(legs.flatMap(leg => leg.from))];
  return callers.flatMap(caller => {
    const own = legs.filter(leg => leg.from.includes(caller));
    const endpoints = own.flatMap(leg => [
      ...leg.destinations.map(destination => routedText(destination, leg, objects)),
      ...leg.copies,
    ]);
    const clients = caller === 'mesh' ? seenBy(resource, []) : [`gateway ${caller}`];
    if (endpoints.length === 0) return [];
    const hops = own
      .flatMap(leg => leg.destinations)
      .filter(destination => objects.hop(destination)?.sni !== undefined);
    const gateways = [...new Set(hops.map(serviceText))];
    const way = { host, port: 0, protocol: 'any', addresses: [], gateways, endpoints: [...new Set(endpoints)] };
    return clients.map((client): Way => ({ client, ...way, verification: elsewhere, access: 'elsewhere' }));
  });
}
