import { grouped } from '../grouped.ts';
import { type ExternalService, type Host, isOpaque, type Port, shared } from '../plan.ts';
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
    for (const [index, one] of opaque.entries()) {
      const args = { host: one.host.name, port: number };
      const other = opaque.slice(0, index).find(before => meet(one, before)) ?? mongoNeighbour(one, listening);
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

/** Mongo's server speaks first, so that its port cannot be shared with anything. */
const mongoNeighbour = (one: Listening, listening: readonly Listening[]): Listening | undefined =>
  one.port.protocol === 'MONGO' ? listening.find(other => other.host !== one.host && meet(one, other)) : undefined;

const meet = (one: Listening, other: Listening): boolean =>
  shared(one.service.clients, other.service.clients).length > 0;
