import type { Source } from '../diagnostics/report.ts';
import { below, type Draft, type DraftPort, namespaceOf } from '../draft.ts';
import { qualified } from '../k8s/resource.ts';
import { samePods } from '../passages.ts';
import { type Gateway, type Host, type Identity, isOpaque, isTls, type Listener, type Route } from '../plan.ts';
import { ourCluster } from './clusters.ts';
import { resolveGateway } from './gateways.ts';
import type { GatewayRef, ReadPort } from './ports.ts';

/**
 * The ports of a service with their ways through gateways: for each gateway, a listener for each host.
 *
 * A port that lacks a way was reported, and is left out: what else could be said of it would only follow from that.
 */
export function withRoutes(
  source: Source,
  ports: readonly ReadPort[],
  hosts: readonly Host[],
  hasEndpoints: boolean,
  draft: Draft,
): readonly DraftPort[] {
  const { metadata } = source.resource;
  const service = { name: metadata.name, namespace: namespaceOf(source), labels: metadata.labels ?? {} };
  const taken: Taken[] = [];
  return ports.flatMap((read): DraftPort[] => {
    const refs = read.gateways?.virtualGatewayRefs ?? [];
    const routes = refs.flatMap((ref, index): Route[] => {
      const origin = originOf(read, index);
      const gateway = gatewayOf(ref, service, origin, draft);
      if (gateway === undefined || !canPass(read, gateway, hosts, hasEndpoints, draft)) return [];
      const listeners = new Map(hosts.flatMap(host => listenerFor(host, read, gateway, service, taken, draft)));
      return [{ origin, gateway, listeners }];
    });
    if (refs.length > 0) reportExtension(read, draft);
    const isWhole = routes.length === refs.length && routes.every(({ listeners }) => listeners.size === hosts.length);
    if (!isWhole) draft.incomplete = true;
    return isWhole ? [{ ...read.port, routes: onePerGateway(routes), tabled: false, traffic: {} }] : [];
  });
}

interface Taken {
  readonly gateway: Gateway;
  readonly host: Host;
  readonly listener: Listener;
  readonly port: ReadPort['port'];
}

/** A route of `defaultGateway` has no field of its own: its port asked for it. */
const originOf = ({ port, spec }: ReadPort, index: number) =>
  spec.egressGatewayRoutes === undefined
    ? port.origin
    : below(port.origin, 'egressGatewayRoutes', 'virtualGatewayRefs', index);

function gatewayOf(ref: GatewayRef, service: Identity, origin: Route['origin'], draft: Draft): Gateway | undefined {
  if (ref.cluster !== undefined && !ourCluster(ref.cluster, below(origin, 'cluster'), draft, 'reference'))
    return undefined;
  return resolveGateway(ref.namespace ?? service.namespace, ref.name, origin, draft);
}

/** Behind a gateway only a host tells services apart, and only endpoints tell where a wildcard leads. */
function canPass(
  { port, spec }: ReadPort,
  gateway: Gateway,
  hosts: readonly Host[],
  hasEndpoints: boolean,
  { report }: Draft,
): boolean {
  const id = qualified(gateway);
  const origin = spec.egressGatewayRoutes === undefined ? port.origin : below(port.origin, 'egressGatewayRoutes');
  const address = hosts.find(({ kind }) => kind === 'address' || kind === 'range');
  if (address !== undefined) {
    report.add('WO2108', origin, { gateway: id }, [{ words: 'the address stands at', where: address.origin }]);
    return false;
  }
  const wildcard = hosts.find(({ kind }) => kind === 'wildcard');
  if (wildcard !== undefined && !hasEndpoints) {
    report.add('WO2109', wildcard.origin, { host: wildcard.name, gateway: id });
    return false;
  }
  if (port.protocol === 'TLS' && port.origination !== undefined) {
    report.add('WO2110', port.origination.origin, { port: port.name });
    return false;
  }
  return true;
}

/** The first mutual listener that exposes the host and that no other port of it has; else one that passes the application's own TLS. */
function listenerFor(
  host: Host,
  { port }: ReadPort,
  gateway: Gateway,
  service: Identity,
  taken: Taken[],
  { report }: Draft,
): [Host, Listener][] {
  const exposing = gateway.listeners.filter(({ exposes }) => exposes(service, host.name));
  const usable = [
    ...exposing.filter(({ mode }) => mode === 'ISTIO_MUTUAL'),
    ...(isTls(port.client.protocol) ? exposing.filter(({ mode }) => mode === 'PASSTHROUGH') : []),
  ];
  const others = taken.filter(other => samePods(other.gateway, gateway) && other.host === host);
  const listener = usable.find(candidate => !others.some(other => other.listener.number === candidate.number));
  const id = qualified(gateway);
  const [other] = others;
  if (listener !== undefined) {
    taken.push({ gateway, host, listener, port });
    return [[host, listener]];
  }
  if (other?.port === port && other.gateway !== gateway && usable.length > 0) {
    const first = qualified(other.gateway);
    report.add('WO2112', port.origin, { gateway: id, other: first, port: port.name }, [
      { words: 'the gateway stands at', where: gateway.origin },
    ]);
  } else if (other !== undefined && usable.length > 0) {
    report.add('WO2107', port.origin, { host: host.name, gateway: id, port: port.name, other: other.port.name }, [
      { words: 'the other port stands at', where: other.port.origin },
    ]);
  } else {
    report.add(
      'WO2106',
      host.origin,
      { host: host.name, gateway: id, protocol: port.client.protocol, listeners: listenersText(gateway, exposing) },
      [{ words: 'the gateway stands at', where: gateway.origin }],
    );
  }
  return [];
}

function listenersText({ listeners }: Gateway, exposing: readonly Listener[]): string {
  if (listeners.length === 0) return 'it has no listener';
  return listeners
    .map(
      listener => `${listener.number} ${exposing.includes(listener) ? reasons[listener.mode] : 'does not expose it'}`,
    )
    .join(', ');
}

const reasons = {
  ISTIO_MUTUAL: 'is ISTIO_MUTUAL',
  PASSTHROUGH: "is PASSTHROUGH, which takes only an application's own TLS",
  OTHER: 'is neither ISTIO_MUTUAL nor PASSTHROUGH',
};

/** Gloo takes HTTP, HTTP2 and HTTPS through a gateway. */
function reportExtension({ port }: ReadPort, { report }: Draft): void {
  if (port.protocol === 'GRPC' || port.protocol === 'TLS' || isOpaque(port.protocol)) {
    report.add('WO2111', port.origin, { protocol: port.protocol, port: port.name });
  }
}

/** A gateway that a port names twice carries it once. */
const onePerGateway = (routes: readonly Route[]): readonly Route[] =>
  routes.filter((route, index) => routes.findIndex(({ gateway }) => gateway === route.gateway) === index);
