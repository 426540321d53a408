import { parse, stringify } from 'yaml';
import { gateway } from '../../worlds/tables.ts';
import type { World } from '../../worlds.ts';
import { arrivalOf } from './arrivals.ts';
import { type Asked, type AskedPort, isRead, type Settings } from './asked.ts';
import type { Call } from './calls.ts';
import { askedBy, settingsOf } from './reading.ts';
import { sharingOf } from './sharing.ts';
import { type Target, targetsOf } from './targets.ts';

/** Which service of a list a table leads to, and to which of its ports, by numbers at random. */
export interface TablePick {
  readonly service: number;
  readonly port: number;
}

/** A world with tables that lead calls from outside, each under a name of its own, to services that it has. */
export function withTables(world: World, picks: readonly TablePick[]): World {
  // A workspace must import the tables of another at its gateways, and those of these worlds do not.
  const settings = settingsOf(world);
  const documents = [...(settings.workspaces ?? []), ...world.documents.map(({ text }) => parse(text))];
  const { ownerOf } = sharingOf(documents, settings.namespaces ?? []);
  const services = askedBy(world).filter(({ namespace }) => ownerOf(namespace) === ownerOf('ingress'));
  const tables = picks.flatMap(({ service: at, port: place }, index) => {
    const service = services[at % services.length];
    const ports = (service?.ports ?? []).filter(takesRequests);
    const port = ports[place % ports.length];
    if (service === undefined || port === undefined || targetOf(service, port, settings) === undefined) return [];
    return [{ text: stringify(tableFor(service, port, index)), of: 'tables' }];
  });
  if (tables.length === 0) return world;
  const ingress = [gateway, before].map(object => ({ text: stringify(object), of: 'foreign' }));
  return { ...world, documents: [...world.documents, ...tables, ...ingress] };
}

const tableFor = ({ name, namespace }: Asked, { number }: AskedPort, index: number) => ({
  apiVersion: 'networking.gloo.solo.io/v2',
  kind: 'RouteTable',
  metadata: { name: `table-${index}`, namespace },
  spec: {
    hosts: [`table-${index}.from.outside.example`],
    virtualGateways: [{ name: 'public', namespace: 'ingress' }],
    http: [
      {
        matchers: [{ uri: { prefix: '/v1' } }],
        forwardTo: { destinations: [{ kind: 'EXTERNAL_SERVICE', ref: { name }, port: { number } }] },
      },
    ],
  },
});

const before = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'public', namespace: 'ingress' },
  spec: { selector: { istio: 'public' }, ports: [{ name: 'http', port: 80, targetPort: 8080 }] },
};

/** A table's route can take only what a proxy reads, and opens the TLS itself that a direct port asks for. */
const takesRequests = (port: AskedPort): boolean =>
  isRead(port) ||
  (port.protocol === 'HTTPS' &&
    port.egressGatewayRoutes === undefined &&
    port.clientsideTls !== undefined &&
    port.clientsideTls.mode !== 'DISABLE');

/** The name by which a table's calls leave: the service's first. Where access is restricted the gateway is nobody's client. */
const targetOf = (service: Asked, port: AskedPort, settings: Settings): Target | undefined =>
  service.policies.length > 0
    ? undefined
    : targetsOf(service, port, settings).find(({ kind, host }) => kind === 'name' && !host.endsWith('.test'));

/** What must become of calls from outside: those that a table takes arrive, all others end at the gateway. */
export function tableCalls(world: World): readonly Call[] {
  const services = askedBy(world);
  const settings = settingsOf(world);
  const tables = world.documents.map(({ text }) => parse(text)).filter(({ kind }) => kind === 'RouteTable');
  return tables.flatMap(({ metadata: { namespace }, spec }) => {
    const [{ ref, port: wanted }] = spec.http[0].forwardTo.destinations;
    const service = services.find(each => each.name === ref.name && each.namespace === namespace);
    const port = service?.ports.find(({ number }) => number === wanted.number);
    const target = service && port && targetOf(service, port, settings);
    if (service === undefined || port === undefined || target === undefined) return [];
    const arrival = [arrivalOf(service, port, target, ['here', 'here-1', ''])].flat();
    // Behind an egress gateway a call is known by the service's own name.
    const authority = port.egressGatewayRoutes === undefined ? spec.hosts[0] : target.said;
    const arrives = arrival.map(each => ({ ...each, authority }));
    const ingress = { ingress: 'ingress/public' };
    return [
      { ...ingress, get: `http://${spec.hosts[0]}/v1/x`, arrives: arrives.length === 1 ? arrives[0] : arrives },
      { ...ingress, get: `http://${spec.hosts[0]}/other`, refused: 404 },
      { ...ingress, get: `http://${target.said}/v1/x`, refused: 404 },
    ];
  });
}
