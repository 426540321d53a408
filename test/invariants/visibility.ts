import {
  entriesOf,
  type Invariant,
  key,
  type Made,
  made,
  type Output,
  ownRoutes,
  twice,
  type VirtualService,
} from './output.ts';

const gatewaysOf = (output: Output, source: string) => [
  ...new Set(
    made(output, 'Gateway')
      .filter(gateway => gateway.source === source)
      .map(({ namespace }) => namespace),
  ),
];

const seenBy = (exportTo: readonly string[], namespace: string) =>
  exportTo.includes('*') || exportTo.includes(namespace);

const isOnMesh = ({ spec: { gateways = ['mesh'] } }: Made<VirtualService>) => gateways.includes('mesh');

const meet = (one: readonly string[], other: readonly string[]) =>
  one.includes('*') || other.includes('*') || one.some(each => other.includes(each));

/** §2.0 invariants 6 and 11; §8 checks 5 and 13. */
export const visibility: readonly Invariant[] = [
  {
    name: 'exportTo is * alone, or namespaces by name, each once',
    problems: output =>
      [...made(output, 'ServiceEntry'), ...made(output, 'VirtualService')]
        .filter(
          ({ spec: { exportTo } }) =>
            exportTo.length === 0 ||
            (key(exportTo) !== '["*"]' && exportTo.some(each => !/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(each))) ||
            twice(exportTo).length > 0,
        )
        .map(({ text, spec }) => `${text}: ${spec.exportTo}`),
  },
  {
    name: 'all ServiceEntries and VirtualServices of a service are seen by the same namespaces, the gateways\u2019 among them',
    problems: output => {
      const objects = [...made(output, 'ServiceEntry'), ...made(output, 'VirtualService')];
      return objects.flatMap(({ text, source, spec }) => {
        const other = objects.find(each => each.source === source && key(each.spec.exportTo) !== key(spec.exportTo));
        const blind = gatewaysOf(output, source).filter(namespace => !seenBy(spec.exportTo, namespace));
        return [
          ...(other === undefined ? [] : [`${text} and ${other.text}`]),
          ...blind.map(namespace => `${text} is not seen by gateway namespace ${namespace}`),
        ];
      });
    },
  },
  {
    name: 'no two ServiceEntries, and no two VirtualServices on the mesh, for one host that one namespace sees',
    problems: output =>
      [made(output, 'ServiceEntry'), made(output, 'VirtualService').filter(isOnMesh)].flatMap(objects =>
        objects.flatMap(({ text, spec }, at) =>
          objects
            .slice(at + 1)
            .filter(
              other =>
                other.spec.hosts.some(host => spec.hosts.includes(host)) && meet(other.spec.exportTo, spec.exportTo),
            )
            .map(other => `${text} and ${other.text}`),
        ),
      ),
  },
  {
    name: 'a VirtualService routes ports of its ServiceEntry: the client\u2019s port in, the same port out',
    problems: output =>
      ownRoutes(output).flatMap(({ text, source, spec }) => {
        const entry = made(output, 'ServiceEntry').find(
          each => each.source === source && spec.hosts.every(host => each.spec.hosts.includes(host)),
        );
        const ports = entry?.spec.ports.map(({ number }) => number) ?? [];
        const dialled = entriesOf(spec, 'mesh').flatMap(each => each.entry.match.map(({ port }) => port));
        const left = entriesOf(spec, 'gateway').flatMap(each =>
          each.entry.route
            .filter(({ destination }) => spec.hosts.includes(destination.host))
            .map(({ destination }) => destination.port.number),
        );
        const straight = entriesOf(spec, 'straight').map(({ entry: { match, route } }) => ({
          match: match.map(({ port }) => port),
          into: route.map(({ destination }) => destination.port.number),
        }));
        const isWhole =
          key([...new Set(dialled)].sort()) === key([...new Set(left)].sort()) &&
          dialled.every(port => ports.includes(port)) &&
          straight.every(
            each => key(each.into) === key(each.match) && each.match.every(port => ports.includes(port)),
          ) &&
          (dialled.length === 0 || entry?.spec.resolution !== 'NONE');
        return isWhole ? [] : [`${text}: ${dialled} to ${left}, ServiceEntry has ${ports}`];
      }),
  },
  {
    name: 'HTTP routes of the mesh do not retry; TLS routes match the host\u2019s SNI',
    problems: output =>
      ownRoutes(output).flatMap(({ text, spec }) => [
        ...entriesOf(spec, 'mesh')
          .filter(({ section, entry }) => section === 'http' && entry.retries?.attempts !== 0)
          .map(() => `${text} retries`),
        ...(spec.tls ?? [])
          .flatMap(({ match }) => match)
          .filter(({ sniHosts }) => key(sniHosts) !== key(spec.hosts))
          .map(() => `${text}: sniHosts`),
      ]),
  },
];
