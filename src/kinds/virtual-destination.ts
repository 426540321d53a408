import type { Source } from '../diagnostics/report.ts';
import { type DraftPort, type DraftService, namespaceOf } from '../draft.ts';
import { qualified } from '../k8s/resource.ts';
import type { Endpoint, Host } from '../plan.ts';
import { fieldsOf, listOf, specOf, textsOf } from '../rules/foreign.ts';
import { printFlow } from '../yaml/print.ts';

/** A port of a VirtualDestination, and the port that it leads to in each external service. */
interface Mapping {
  readonly name: string;
  readonly number: number;
  readonly protocol: string;
  readonly targets: readonly Target[];
}

interface Target {
  readonly service: DraftService;
  readonly port: DraftPort;
}

/** What to write for a VirtualDestination over external services: one ExternalService with its hosts, and an ExternalEndpoint for each place. */
export function externalServiceFor(source: Source, services: readonly DraftService[]): string {
  const { hosts, services: inMesh, externalWorkloads, ports } = specOf(source);
  const names = textsOf(hosts);
  if (names.length === 0) return 'it names no host: let clients call the hosts of the external services';
  const mappings = listOf(ports).flatMap(port => mappingOf(port, services) ?? []);
  if (mappings.length === 0 || mappings.length < listOf(ports).length)
    return 'give each of its ports a number and a protocol: then an ExternalService can stand for it';
  const missing = mappings.find(({ targets }) => targets.length < services.length);
  if (missing !== undefined) return `its port ${missing.number} is no port of some of them: give it a targetPort`;
  const endpoints = services.flatMap(service => endpointsFor(source, service, mappings));
  const differ = mappings.some(({ targets }) => new Set(targets.map(way => JSON.stringify(wayOut(way)))).size > 1);
  if (listOf(inMesh).length + listOf(externalWorkloads).length > 0 || differ || endpoints.length < services.length)
    return `write a RouteTable for ${names.join(', ')} with each of them as a destination: they are too different to be one ExternalService`;
  const guarded = services.filter(({ access }) => access.length > 0).map(qualified);
  return [
    `write instead ${printFlow(externalService(source, names, mappings))}`,
    ...endpoints.map(printFlow),
    ...(guarded.length > 0 ? [`let the access policies of ${guarded.join(', ')} select it too`] : []),
  ].join(' and ');
}

function mappingOf(value: unknown, services: readonly DraftService[]): Mapping | undefined {
  const { number, protocol, targetPort } = fieldsOf(value);
  if (typeof number !== 'number' || typeof protocol !== 'string') return undefined;
  const wanted = fieldsOf(targetPort);
  const targets = services.flatMap(service => {
    const port = service.ports.find(each =>
      typeof wanted.name === 'string' ? each.name === wanted.name : each.number === (wanted.number ?? number),
    );
    return port === undefined ? [] : [{ service, port }];
  });
  return { name: `${protocol.toLowerCase()}-${number}`, number, protocol, targets };
}

/** What all external services must have in common on a port: its TLS, and its gateways. */
function wayOut({ service, port: { origination, routes } }: Target) {
  const { origin: _, subjectAltNames = [], insecureSkipVerify = false, ...tls } = origination ?? {};
  return {
    tls: origination && { sni: service.hosts[0]?.name, ...tls, ...(insecureSkipVerify && { insecureSkipVerify }) },
    gateways: routes.map(({ gateway: { name, namespace } }) => ({ name, namespace })),
    subjectAltNames,
  };
}

function externalService(source: Source, hosts: readonly string[], mappings: readonly Mapping[]) {
  const { name } = source.resource.metadata;
  const [service] = mappings.flatMap(({ targets }) => targets.map(target => target.service));
  const names = service?.subjectAltNames ?? [];
  return {
    apiVersion: 'networking.gloo.solo.io/v2',
    kind: 'ExternalService',
    metadata: { name, namespace: namespaceOf(source), ...some('labels', service?.labels ?? {}) },
    spec: {
      hosts,
      ...some('subjectAltNames', names),
      ports: mappings.flatMap(mapping => portFor(mapping) ?? []),
      selector: labelsFor(source),
    },
  };
}

/** Behind a gateway the number is that of the outside, and clients call `portMatch`. */
function portFor({ name, number, protocol, targets: [first] }: Mapping) {
  if (first === undefined) return undefined;
  const { tls, gateways } = wayOut(first);
  const isDirect = gateways.length === 0;
  return {
    name,
    number: isDirect ? number : first.port.number,
    protocol: isDirect ? protocol : first.port.protocol,
    targetPort: { name },
    ...(tls !== undefined && { clientsideTls: tls }),
    ...(!isDirect && { egressGatewayRoutes: { portMatch: number, virtualGatewayRefs: gateways } }),
  };
}

const labelsFor = ({ resource }: Source) => ({ 'virtual-destination': resource.metadata.name });

/** The places where a service really is; a wildcard or a range without endpoints is nowhere. */
function endpointsFor(source: Source, service: DraftService, mappings: readonly Mapping[]) {
  const places = service.endpoints.length > 0 ? service.endpoints : service.hosts.flatMap(placeOf);
  return places.map(({ address, ports = {}, locality }, index) => ({
    apiVersion: 'networking.gloo.solo.io/v2',
    kind: 'ExternalEndpoint',
    metadata: {
      name: [source.resource.metadata.name, service.name, ...(index > 0 ? [index + 1] : [])].join('-'),
      namespace: namespaceOf(source),
      labels: labelsFor(source),
    },
    spec: {
      address,
      ports: mappings.flatMap(({ name, targets }) =>
        targets
          .filter(target => target.service === service)
          .map(({ port }) => ({ name, number: ports[port.name] ?? port.target })),
      ),
      ...(locality !== undefined && { locality: localityOf(locality) }),
    },
  }));
}

const placeOf = ({ kind, name, address }: Host): Place[] =>
  kind === 'wildcard' || kind === 'range'
    ? []
    : [{ address: kind === 'address' && address !== undefined ? address : name }];

type Place = Pick<Endpoint, 'address' | 'locality'> & Partial<Pick<Endpoint, 'ports'>>;

function localityOf(locality: string) {
  const [region, zone, subZone] = locality.split('/');
  return { region, ...(zone !== undefined && { zone }), ...(subZone !== undefined && { subZone }) };
}

/** A field, unless it is empty. */
const some = (field: string, value: object): object => (Object.keys(value).length > 0 ? { [field]: value } : {});
