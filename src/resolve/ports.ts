import type { Source } from '../diagnostics/report.ts';
import { at, below, type Draft } from '../draft.ts';
import { isLabel } from '../k8s/names.ts';
import { isHttp, isTls, type Origination, type Port, type Protocol, protocols } from '../plan.ts';
import type { TargetPort } from './endpoints.ts';
import { type ClientsideTls, readOrigination } from './origination.ts';

/** Gloo's `egressGatewayRoutes`, and the reference to a VirtualGateway in it. */
export interface EgressGatewayRoutes {
  readonly portMatch?: number;
  readonly virtualGatewayRefs: readonly GatewayRef[];
}

/** A VirtualGateway by name; namespace and cluster default to the service's. */
export interface GatewayRef {
  readonly name: string;
  readonly namespace?: string;
  readonly cluster?: string;
}

/** A port of an ExternalService as written. */
export interface PortSpec {
  readonly number: number;
  readonly name?: string;
  readonly protocol: string;
  readonly targetPort?: TargetPort;
  readonly clientsideTls?: ClientsideTls;
  readonly egressGatewayRoutes?: EgressGatewayRoutes;
}

/** A port without its routes, and where traffic goes from it: the next two steps need both. */
export interface ReadPort {
  readonly port: Omit<Port, 'routes'>;
  readonly spec: PortSpec;
  readonly gateways: EgressGatewayRoutes | undefined;
}

/** The ports of a service; clashes of numbers and names are reported. */
export function readPorts(source: Source, specs: readonly PortSpec[], subjectAltNames: readonly string[], draft: Draft): readonly ReadPort[] {
  const ports = specs.flatMap((spec, index) => readPort(source, spec, index, subjectAltNames, draft) ?? []);
  reportTwins(ports, draft);
  return ports;
}

function readPort(source: Source, spec: PortSpec, index: number, subjectAltNames: readonly string[], draft: Draft): ReadPort | undefined {
  const origin = at(source, 'spec', 'ports', index);
  const protocol = protocols.find(known => known === spec.protocol.toUpperCase());
  if (protocol === undefined) {
    draft.report.add('WO2010', below(origin, 'protocol'), { protocol: spec.protocol });
    return undefined;
  }
  const name = spec.name === undefined || spec.name === '' ? `${protocol.toLowerCase()}-${spec.number}` : spec.name;
  if (!isLabel(name)) draft.report.add('WO2013', below(origin, 'name'), { name });
  const gateways = spec.egressGatewayRoutes ?? defaultRoutes(draft);
  const atGateway = gateways !== undefined;
  const origination = readOrigination(spec.clientsideTls, below(origin, 'clientsideTls'), subjectAltNames, atGateway, draft);
  return {
    port: {
      origin,
      number: spec.number,
      name,
      protocol,
      client: clientPort(spec, protocol, origination, gateways),
      target: spec.targetPort?.number ?? spec.number,
      ...(origination !== undefined && { origination }),
    },
    spec,
    gateways,
  };
}

function defaultRoutes({ config: { defaultGateway } }: Draft): EgressGatewayRoutes | undefined {
  if (defaultGateway === undefined) return undefined;
  const [namespace = '', name = ''] = defaultGateway.split('/');
  return { virtualGatewayRefs: [{ namespace, name }] };
}

/** Behind a gateway clients dial `portMatch`, 80 by default; what is told apart by SNI or address keeps its number. */
function clientPort(
  { number }: PortSpec,
  protocol: Protocol,
  origination: Origination | undefined,
  gateways: EgressGatewayRoutes | undefined,
): Port['client'] {
  if (gateways === undefined) return { number, protocol };
  const plain = isHttp(protocol) || (protocol === 'HTTPS' && origination !== undefined);
  return {
    number: gateways.portMatch ?? (plain ? 80 : number),
    protocol: plain && isTls(protocol) ? 'HTTP' : protocol,
  };
}

function reportTwins(ports: readonly ReadPort[], { report }: Draft): void {
  const seen: ReadPort[] = [];
  for (const port of ports) {
    const first = (same: (other: ReadPort['port']) => boolean) => seen.find(other => same(other.port));
    const byNumber = first(({ number }) => number === port.port.number);
    const byClient = first(({ client }) => client.number === port.port.client.number);
    const byName = first(({ name }) => name === port.port.name);
    if (byNumber !== undefined) {
      report.add('WO2011', below(port.port.origin, 'number'), { number: port.port.number, meaning: 'number' }, firstAt(byNumber));
    } else if (byClient !== undefined) {
      const { number } = port.port.client;
      report.add('WO2011', port.port.origin, { number, meaning: 'the port that clients dial,' }, firstAt(byClient));
    }
    if (byName !== undefined) report.add('WO2012', below(port.port.origin, 'name'), { name: port.port.name }, firstAt(byName));
    seen.push(port);
  }
}

const firstAt = ({ port }: ReadPort) => [{ words: 'first used at', where: port.origin }];
