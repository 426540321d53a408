import type { Source } from '../diagnostics/report.ts';
import { at, below, type Draft } from '../draft.ts';
import { isLabel } from '../k8s/names.ts';
import { isHttp, isTls, type Origination, type Port, type Protocol, protocols } from '../plan.ts';
import type { TargetPort } from './endpoints.ts';
import { type ClientsideTls, readOrigination } from './origination.ts';

/** Gloo's `egressGatewayRoutes`, and the reference to a VirtualGateway in it. */
interface EgressGatewayRoutes {
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
  readonly port: Omit<Port, 'routes' | 'tabled' | 'traffic'>;
  readonly spec: PortSpec;
  readonly gateways: EgressGatewayRoutes | undefined;
}

/** The ports of a service; clashes of numbers and names are reported. */
export function readPorts(
  source: Source,
  specs: readonly PortSpec[],
  subjectAltNames: readonly string[],
  draft: Draft,
): readonly ReadPort[] {
  const ports = specs.flatMap((spec, index) => readPort(source, spec, index, subjectAltNames, draft) ?? []);
  reportTwins(ports, draft);
  return ports;
}

function readPort(
  source: Source,
  spec: PortSpec,
  index: number,
  subjectAltNames: readonly string[],
  draft: Draft,
): ReadPort | undefined {
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
  const origination = readOrigination(
    spec.clientsideTls,
    below(origin, 'clientsideTls'),
    subjectAltNames,
    atGateway,
    draft,
  );
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
  const numbers = new Map<number, ReadPort>();
  const clients = new Map<number, ReadPort>();
  const names = new Map<string, ReadPort>();
  for (const read of ports) {
    const { origin, number, client, name } = read.port;
    const byNumber = known(numbers, number, read);
    const byClient = known(clients, client.number, read);
    const byName = known(names, name, read);
    if (byNumber !== undefined) {
      report.add('WO2011', below(origin, 'number'), { port: `number ${number}` }, firstAt(byNumber));
    } else if (byClient !== undefined) {
      report.add(
        'WO2011',
        origin,
        { port: `port ${client.number}, which clients dial on the way to the gateway,` },
        firstAt(byClient),
      );
    }
    if (byName !== undefined) report.add('WO2012', below(origin, 'name'), { name }, firstAt(byName));
  }
}

/** The first port that had the key; this one is the first if there was none. */
function known<Key>(first: Map<Key, ReadPort>, key: Key, port: ReadPort): ReadPort | undefined {
  const found = first.get(key);
  if (found === undefined) first.set(key, port);
  return found;
}

const firstAt = ({ port }: ReadPort) => [{ words: 'first used at', where: port.origin }];
