import { entriesOf, hostsOf, type Invariant, key, made, type Output, twice } from './output.ts';

/** The ports of the gateways' Services, by namespace, as the list or EgressConfig gives them. */
const servicePorts = ({ inputs }: Output, namespace: string): readonly number[] =>
  inputs.flatMap(({ kind, metadata, ...object }) => {
    // An input that rendered has passed its schema, or is a Service that the gateway was found by.
    const spec = (object.spec ?? {}) as {
      ports?: { port: number }[];
      gateways?: { namespace: string; service?: { namespace?: string }; ports?: { number: number }[] }[];
    };
    if (kind === 'Service' && metadata.namespace === namespace) return (spec.ports ?? []).map(({ port }) => port);
    if (kind !== 'EgressConfig') return [];
    return (spec.gateways ?? [])
      .filter(gateway => (gateway.service?.namespace ?? gateway.namespace) === namespace)
      .flatMap(({ ports = [] }) => ports.map(({ number }) => number));
  });

/** §2.0 invariants 1 and 2; §8 checks 4 and 11. */
export const gatewayServers: readonly Invariant[] = [
  {
    name: 'the names of a Gateway\u2019s server ports are unique',
    problems: output =>
      made(output, 'Gateway').flatMap(({ text, spec }) =>
        twice(spec.servers.map(({ port }) => port.name)).map(name => `${text}: ${name}`),
      ),
  },
  {
    name: 'each server\u2019s port is a port of the gateway\u2019s Service',
    problems: output =>
      made(output, 'Gateway').flatMap(({ text, namespace, spec }) =>
        spec.servers
          .filter(({ port }) => !servicePorts(output, namespace).includes(port.number))
          .map(({ port }) => `${text}: ${port.number}`),
      ),
  },
  {
    name: 'a server has one host, of one namespace',
    problems: output =>
      made(output, 'Gateway').flatMap(({ text, spec }) =>
        spec.servers
          .filter(({ hosts }) => hosts.length !== 1 || !hosts.every(host => /^[a-z0-9-]+\/[a-z0-9*]/.test(host)))
          .map(({ hosts }) => `${text}: ${hosts}`),
      ),
  },
  {
    name: 'one server for each pods, port and host, over all Gateways',
    problems: output =>
      twice(
        made(output, 'Gateway').flatMap(({ namespace, spec }) =>
          // By namespace too: a Gateway also reaches pods with its labels elsewhere, of which WO3020 warns.
          spec.servers.flatMap(server =>
            hostsOf(server).map(host => key([namespace, spec.selector, server.port.number, host])),
          ),
        ),
      ),
  },
  {
    name: 'every server ends or passes TLS, mutual ones by the mesh\u2019s own certificates',
    problems: output =>
      made(output, 'Gateway').flatMap(({ text, spec }) =>
        spec.servers
          .filter(({ port, tls }) => {
            const fits =
              tls.mode === 'PASSTHROUGH'
                ? port.protocol === 'TLS'
                : tls.mode === 'ISTIO_MUTUAL' && ['HTTPS', 'TLS'].includes(port.protocol);
            return !fits || Object.keys(tls).length !== 1;
          })
          .map(({ port, tls }) => `${text}: ${port.protocol} ${key(tls)}`),
      ),
  },
  {
    name: 'a gateway\u2019s route matches the port of a server of that Gateway for that host, in the section of its protocol',
    problems: output => {
      const gateways = new Map(
        made(output, 'Gateway').map(({ namespace, name, spec }) => [`${namespace}/${name}`, spec]),
      );
      const ofServices = made(output, 'VirtualService').filter(({ source }) => source.startsWith('ExternalService/'));
      return ofServices.flatMap(({ text, spec, namespace }) =>
        entriesOf(spec, 'gateway').flatMap(({ section, entry }) =>
          entry.match.flatMap(match =>
            (match.gateways ?? []).flatMap(name => {
              const servers = gateways.get(name)?.servers ?? [];
              const server = servers.find(
                ({ port, hosts }) =>
                  port.number === match.port && spec.hosts.every(host => hosts.includes(`${namespace}/${host}`)),
              );
              if (server === undefined) return gateways.size === 0 ? [] : [`${text}: ${name} port ${match.port}`];
              const wanted =
                server.tls.mode === 'PASSTHROUGH' ? 'tls' : server.port.protocol === 'HTTPS' ? 'http' : 'tcp';
              return section === wanted ? [] : [`${text}: ${section} for ${server.port.protocol}`];
            }),
          ),
        ),
      );
    },
  },
];
