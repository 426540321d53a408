import {
  entriesOf,
  hostsOf,
  type Invariant,
  key,
  made,
  type Output,
  ownRoutes,
  takesIn,
  twice,
  waysOf,
} from './output.ts';

const ofServices = (output: Output) =>
  made(output, 'VirtualService').filter(({ source }) => source.startsWith('ExternalService/'));

/** The rules of the way to gateways: subsets that choose no endpoints. */
export const hops = (output: Output) =>
  made(output, 'DestinationRule').filter(({ spec }) => spec.subsets?.every(({ labels }) => labels === undefined));

/** What leads to a gateway: the mesh's own routes, and whatever else names a subset of one. */
const destinations = (output: Output) => {
  const own = ownRoutes(output);
  const gateways = new Set(hops(output).map(({ spec }) => spec.host));
  return made(output, 'VirtualService').flatMap(virtualService =>
    own.includes(virtualService)
      ? entriesOf(virtualService.spec, 'mesh').flatMap(({ entry }) =>
          entry.route.map(({ destination }) => ({ virtualService, destination })),
        )
      : waysOf(virtualService.spec).flatMap(({ route }) =>
          route
            .filter(({ destination }) => gateways.has(destination.host))
            .map(({ destination }) => ({ virtualService, destination })),
        ),
  );
};

/** §2.0 invariants 3, 4 and 5; §8 checks 2 and 3. */
export const hop: readonly Invariant[] = [
  {
    name: 'the hop\u2019s DestinationRule lies in the gateway\u2019s namespace, for everyone, with subsets alone',
    problems: output =>
      hops(output)
        .filter(
          ({ namespace, spec }) =>
            spec.host.split('.')[1] !== namespace ||
            key(spec.exportTo) !== '["*"]' ||
            spec.workloadSelector !== undefined ||
            spec.trafficPolicy !== undefined,
        )
        .map(({ text }) => text),
  },
  {
    name: 'subset names are DNS labels, unique over all DestinationRules of a host',
    problems: output => {
      const subsets = hops(output).flatMap(({ spec }) =>
        (spec.subsets ?? []).map(({ name }) => ({ name, text: `${spec.host} ${name}` })),
      );
      return [
        ...twice(subsets.map(({ text }) => text)),
        ...subsets.filter(({ name }) => !/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name)).map(({ text }) => text),
      ];
    },
  },
  {
    name: 'every route to a gateway leads to a subset, whose TLS is what the server expects',
    problems: output => {
      const rules = hops(output);
      // `part: clients` leaves out what lies at the gateway.
      if (rules.length === 0) return [];
      return destinations(output).flatMap(({ virtualService: { text }, destination }) => {
        const found = rules
          .filter(rule => rule.spec.host === destination.host)
          .flatMap(rule => (rule.spec.subsets ?? []).map(subset => ({ subset, source: rule.source })))
          .find(({ subset: { name } }) => name === destination.subset);
        if (found === undefined) return [`${text}: no subset ${destination.subset}`];
        const { subset, source } = found;
        const namespace = destination.host.split('.')[1];
        const sni = subset.trafficPolicy?.portLevelSettings.find(({ port }) => port.number === destination.port.number)
          ?.tls?.sni;
        const server = made(output, 'Gateway')
          .filter(gateway => gateway.namespace === namespace && gateway.source === source)
          .flatMap(gateway => gateway.spec.servers)
          .find(
            ({ port, hosts }) =>
              port.number === destination.port.number &&
              (typeof sni !== 'string' || hosts.some(host => takesIn(host.slice(host.indexOf('/') + 1), sni))),
          );
        if (server === undefined) return [`${text}: no server on ${destination.port.number}`];
        const tls = subset.trafficPolicy?.portLevelSettings.find(
          ({ port }) => port.number === destination.port.number,
        )?.tls;
        if (server.tls.mode === 'PASSTHROUGH')
          return tls === undefined ? [] : [`${text}: TLS around the application's own`];
        const { mode, sni: _, ...rest } = tls ?? {};
        const meets = typeof sni === 'string' && !sni.includes('*') && hostsOf(server).some(host => takesIn(host, sni));
        return mode === 'ISTIO_MUTUAL' && meets && Object.keys(rest).length === 0
          ? []
          : [`${text}: ${key(tls)} for ${server.hosts}`];
      });
    },
  },
  {
    name: 'no request leaves a gateway with its client\u2019s certificate',
    problems: output =>
      // Ingress gateways, where tables alone say something, have clients outside the mesh.
      ofServices(output).flatMap(({ text, spec }) =>
        entriesOf(spec, 'gateway')
          .filter(
            ({ section, entry }) =>
              section === 'http' && !(entry.headers?.request?.remove ?? []).includes('x-forwarded-client-cert'),
          )
          .map(({ entry }) => `${text}: ${key(entry)}`),
      ),
  },
  {
    name: 'no two hops to the pods of a gateway bear one SNI on one port',
    problems: output =>
      twice(
        hops(output).flatMap(({ spec }) =>
          (spec.subsets ?? []).flatMap(({ trafficPolicy }) =>
            (trafficPolicy?.portLevelSettings ?? []).map(({ port, tls }) => key([spec.host, port.number, tls?.sni])),
          ),
        ),
      ),
  },
];
