import { hops } from './hop.ts';
import { type Invariant, key, made, type Output, ownRoutes, takesIn, waysOf } from './output.ts';

/** The VirtualServices that hold what tables say. */
const tabled = (output: Output) => {
  const own = ownRoutes(output);
  return made(output, 'VirtualService').filter(each => !own.includes(each));
};

const gatewayHosts = (output: Output) => new Set(hops(output).map(({ spec }) => spec.host));

/** §2.0 invariants 6 and 11, for routes that tables say. */
export const routeTables: readonly Invariant[] = [
  {
    name: 'whoever follows a table sees the external services that it leads to, on a port that they have',
    problems: output =>
      tabled(output).flatMap(({ text, source, spec }) =>
        waysOf(spec).flatMap(({ route }) =>
          route.flatMap(({ destination: { host, port } }) => {
            // Egress gateways see the routes of the services behind them, and follow those of the mesh nowhere.
            const gateways = made(output, 'Gateway').filter(each => each.source === source);
            const followers = spec.exportTo.filter(each => !gateways.some(({ namespace }) => namespace === each));
            if (host.endsWith('.svc.cluster.local')) return [];
            const entry = made(output, 'ServiceEntry').find(each => each.spec.hosts.includes(host));
            if (entry === undefined) return [`${text}: ${host} is nowhere`];
            const { exportTo, ports } = entry.spec;
            const blind = exportTo.includes('*') ? [] : followers.filter(each => !exportTo.includes(each));
            const known = ports.some(({ number }) => number === port.number);
            return [
              ...blind.map(namespace => `${text}: ${namespace} does not see ${host}`),
              ...(known ? [] : [`${text}: ${host} has no port ${port.number}`]),
            ];
          }),
        ),
      ),
  },
  {
    name: 'what goes through egress gateways alone is not tried again on the way there; weights are whole and not zero',
    problems: output => {
      const gateways = gatewayHosts(output);
      return tabled(output).flatMap(({ text, spec }) => [
        ...waysOf({ ...spec, tls: [], tcp: [] })
          .filter(({ route }) => route.length > 0 && route.every(({ destination }) => gateways.has(destination.host)))
          .filter(({ entry }) => entry.retries?.attempts !== 0)
          .map(() => `${text} retries`),
        ...waysOf(spec)
          .filter(({ route }) => route.length > 1)
          .flatMap(({ route }) => route.map(way => (way as { readonly weight?: number }).weight ?? 0))
          .filter(weight => weight < 1 || !Number.isInteger(weight))
          .map(weight => `${text}: weight ${weight}`),
      ]);
    },
  },
  {
    name: 'TLS routes ask for names of their VirtualService',
    problems: output =>
      tabled(output).flatMap(({ text, spec }) =>
        (spec.tls ?? [])
          .flatMap(({ match }) => match.flatMap(({ sniHosts = [] }) => sniHosts))
          .filter(name => !spec.hosts.some(host => takesIn(host, name)))
          .map(name => `${text}: ${key(name)}`),
      ),
  },
];
