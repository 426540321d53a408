import { type Asked, type AskedEndpoint, type AskedPort, dialled, isRead } from './asked.ts';
import type { Target } from './targets.ts';
import type { Traffic } from './traffic.ts';

/** Where a call must arrive, in the words of calls.yaml. */
export type Arrival = Readonly<Record<string, unknown>>;

/** Where the call of a port ends, for a client in a locality; a list with weights where it goes through several gateways. */
export function arrivalOf(
  service: Asked,
  port: AskedPort,
  target: Target,
  locality: readonly string[],
): Arrival | readonly Arrival[] {
  const refs = port.egressGatewayRoutes?.virtualGatewayRefs ?? [];
  const { traffic = {} } = port;
  const end = {
    endpoints: endpointsOf(service, port, target, locality),
    ...tlsOf(service, port, target),
    ...(isHttp2(port, target) && { http2: true }),
    ...(traffic.attempts !== undefined && { attempts: traffic.attempts }),
    ...(traffic.mirrors !== undefined && { mirrors: traffic.mirrors }),
  };
  const gateways = refs.map(({ namespace, name }) => ({
    gateway: service.gateways.get(`${namespace}/${name}`),
    ...end,
  }));
  const [only, second] = gateways;
  if (only === undefined) return end;
  return second === undefined ? only : gateways.map(each => ({ weight: Math.floor(100 / gateways.length), ...each }));
}

const isHttp2 = ({ protocol }: AskedPort, { kind }: Target) =>
  kind !== 'range' && (protocol === 'HTTP2' || protocol === 'GRPC');

function endpointsOf({ endpoints }: Asked, port: AskedPort, { kind, said, to }: Target, locality: readonly string[]) {
  if (endpoints.length === 0) return [joined(kind === 'wildcard' ? (to ?? said) : said, port.number)];
  const away = (each: AskedEndpoint) => distance(each, locality, port.traffic?.failover);
  const distances = [...new Set(endpoints.map(away))].sort();
  const spreads = new Set(endpoints.map(each => each.locality.join('/'))).size > 1;
  const text = (each: AskedEndpoint) =>
    each.address.startsWith('unix://')
      ? `unix:${each.address.slice('unix://'.length)}`
      : joined(plain(each.address), portOn(each, port));
  return spreads ? distances.map(near => endpoints.filter(each => away(each) === near).map(text)) : endpoints.map(text);
}

/** Istio goes by region, zone and subzone; what matches in none is as far as what has no locality, unless a policy prefers a region. */
function distance(
  { locality: [region, zone, subZone] }: AskedEndpoint,
  [ownRegion, ownZone, ownSubZone]: readonly string[],
  failover: Traffic['failover'],
): number {
  if (region !== ownRegion)
    return failover !== undefined && failover.from === ownRegion && failover.to !== region ? 4 : 3;
  if (zone !== ownZone) return 2;
  return subZone === (ownSubZone ?? '') ? 0 : 1;
}

function portOn({ ports }: AskedEndpoint, { number, targetPort = {} }: AskedPort): number {
  const { name, number: wanted = number } = targetPort;
  return name === undefined ? wanted : (ports.find(each => each.name === name)?.number ?? 0);
}

/** IPv6 as Go writes it: the longest run of zeros left out. The lists write it in full, or with `::` already in place. */
const plain = (address: string): string =>
  address.includes(':') ? new URL(`http://[${address}]`).hostname.slice(1, -1) : address.toLowerCase();

const joined = (address: string, port: number): string =>
  address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;

/** The TLS that the last proxy adds: asked for by `clientsideTls`, verified unless that is switched off. */
function tlsOf(service: Asked, port: AskedPort, target: Target): Arrival {
  const tls = port.clientsideTls;
  if (tls === undefined || tls.mode === 'DISABLE') return {};
  const {
    mode = 'SIMPLE',
    credentialName,
    caCertificates,
    clientCertificate,
    privateKey,
    insecureSkipVerify = false,
  } = tls;
  const given = service.subjectAltNames;
  if (mode === 'ISTIO_MUTUAL')
    return {
      tls: mode,
      ...(tls.sni !== undefined ? { sni: tls.sni } : { sni: meshSni(service, port, target) }),
      ...(given.length > 0 && { subjectAltNames: given }),
    };
  // A wildcard's name follows the request, where there is one to read.
  const follows = target.kind === 'name' || (target.kind === 'wildcard' && isRead(port));
  const sni = tls.sni ?? (follows ? target.said : undefined);
  const names = given.length > 0 ? given : sni !== undefined ? [sni] : target.kind === 'address' ? [target.said] : [];
  const ca = credentialName === undefined ? (caCertificates ?? 'system') : `kubernetes://${credentialName}-cacert`;
  const certificate =
    credentialName === undefined ? `${clientCertificate}~${privateKey}` : `kubernetes://${credentialName}`;
  return {
    tls: mode,
    ...(sni !== undefined && { sni }),
    ...(!insecureSkipVerify && { ca }),
    ...(!insecureSkipVerify && names.length > 0 && { subjectAltNames: names }),
    ...(mode === 'MUTUAL' && { certificate }),
  };
}

/** What Istio asks for in its own mutual TLS where nothing is written: the port and the host of the ServiceEntry, which an address has only from its service. */
function meshSni({ name, namespace }: Asked, port: AskedPort, { kind, host }: Target): string {
  const dashed = host.replace('.7.9/', '.0.0/').replace(/[./]/g, '-');
  return `outbound_.${dialled(port)}_._.${kind === 'address' || kind === 'range' ? `${dashed}.${name}.${namespace}.wayout.internal` : host}`;
}
