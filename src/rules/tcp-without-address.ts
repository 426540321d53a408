import { grouped } from '../grouped.ts';
import { type ExternalService, type Host, isOpaque, type Port } from '../plan.ts';
import type { Rule } from './rule.ts';

/** One host on one port, as a client's sidecar listens for it. */
interface Listening {
  readonly service: ExternalService;
  readonly host: Host;
  readonly port: Port;
}

/**
 * TCP carries no name, so only an address tells it apart: without one, a host takes all TCP on its port.
 *
 * Istio gives an address to hosts without one only where proxies answer DNS, and never to wildcards.
 */
export const tcpWithoutAddress: Rule = ({ services, config, report }) => {
  const everything = services.flatMap(service =>
    service.ports.flatMap(port =>
      service.hosts.filter(({ address }) => address === undefined).map((host): Listening => ({ service, host, port })),
    ),
  );
  for (const [number, listening] of grouped(everything, ({ port }) => [port.client.number])) {
    const opaque = listening.filter(
      one => isOpaque(one.port.protocol) && !isTold(one) && !(config.dnsCapture && one.host.kind === 'name'),
    );
    const order = new Map(listening.map((one, index) => [one, index]));
    const earlier = firstMeeting(opaque, order);
    const neighbour = firstMeeting(listening, order);
    for (const one of opaque) {
      const args = { host: one.host.name, port: number };
      const other =
        earlier(one, before => (order.get(before) ?? 0) < (order.get(one) ?? 0)) ??
        // Mongo's server speaks first, so that its port cannot be shared with anything.
        (one.port.protocol === 'MONGO' ? neighbour(one, other => other.host !== one.host) : undefined);
      if (number === 80 || number === 443) {
        report.add('WO3006', one.host.origin, {
          ...args,
          why: 'it would take every call of the mesh there that is neither HTTP nor TLS to a known host',
        });
      } else if (other !== undefined) {
        report.add('WO3006', one.host.origin, { ...args, why: `${other.host.name} is on the same port` }, [
          { words: 'the other stands at', where: other.host.origin },
        ]);
      } else {
        report.add('WO3005', one.host.origin, args);
      }
    }
  }
};

/** A wildcard that leads anywhere is an error by itself. */
const isTold = ({ host, service }: Listening): boolean => host.kind === 'wildcard' && service.endpoints.length === 0;

/** Finds the first of many, in a given order, that shares a client with one of them: by clients, since each may have its own. */
function firstMeeting(
  many: readonly Listening[],
  order: ReadonlyMap<Listening, number>,
): (one: Listening, fits: (other: Listening) => boolean) => Listening | undefined {
  const byClient = grouped(many, ({ service: { clients } }) => (clients === 'everyone' ? ['*'] : clients));
  return ({ service: { clients } }, fits) =>
    (clients === 'everyone' ? [...byClient.keys()] : [...clients, '*'])
      .flatMap(client => byClient.get(client)?.find(fits) ?? [])
      .sort((one, other) => (order.get(one) ?? 0) - (order.get(other) ?? 0))[0];
}
