import type { Source } from '../diagnostics/report.ts';
import { grouped } from '../grouped.ts';
import { bears } from '../k8s/labels.ts';
import { describe } from '../k8s/resource.ts';
import { passagesOf } from '../passages.ts';
import { type Gateway, gatewaysOf } from '../plan.ts';
import { fieldsOf, labelsOf, listOf, specOf, textsOf } from './foreign.ts';
import type { Rule } from './rule.ts';

/** Istio keeps one server for a host and port of a gateway, and one kind of protocol for a port. */
export const foreignGatewayServer: Rule = ({ services, witnesses, report }) => {
  const routed = services.filter(service => gatewaysOf(service).length > 0);
  if (routed.length === 0) return;
  const foreign = witnesses.of('networking.istio.io', 'Gateway');
  const gateways = new Set(routed.flatMap(gatewaysOf));
  const byGateway = new Map(
    [...gateways].map(gateway => [
      gateway,
      grouped(foreign.filter(source => covers(source, gateway)).flatMap(serversOf), ({ port }) => [port]),
    ]),
  );
  for (const service of routed) {
    for (const { host, listener, gateway } of passagesOf(service)) {
      for (const server of byGateway.get(gateway)?.get(listener.number) ?? []) {
        const object = describe(server.source.resource);
        const related = [
          { words: 'it stands at', where: { source: server.source, field: ['spec', 'servers', server.index] } },
        ];
        if (plain.test(server.protocol)) {
          report.add('WO3106', listener.origin, { port: listener.number, protocol: server.protocol, object }, related);
        } else if (server.hosts.some(name => name.toLowerCase() === host.name)) {
          report.add('WO3105', host.origin, { host: host.name, port: listener.number, object }, related);
        }
      }
    }
  }
};

const plain = /^(HTTP|HTTP2|GRPC|GRPC-WEB|TCP|MONGO|REDIS|MYSQL)$/i;

/** Whether a foreign Gateway is served by the pods of ours; without a selector it is served by every gateway. */
export const covers = (source: Source, { workloadLabels }: Gateway): boolean =>
  bears(workloadLabels, labelsOf(specOf(source).selector));

interface Server {
  readonly source: Source;
  readonly index: number;
  readonly port: number | undefined;
  readonly protocol: string;
  readonly hosts: readonly string[];
}

/** The servers of a foreign Gateway, their hosts without the namespace before them. */
export const serversOf = (source: Source): readonly Server[] =>
  listOf(specOf(source).servers).map((server, index) => {
    const port = fieldsOf(fieldsOf(server).port);
    const number = port.number;
    return {
      source,
      index,
      port: typeof number === 'number' ? number : undefined,
      protocol: String(port.protocol ?? ''),
      hosts: textsOf(fieldsOf(server).hosts).map(host => host.slice(host.indexOf('/') + 1)),
    };
  });
