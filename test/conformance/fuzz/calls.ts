import type { World } from '../../worlds.ts';
import { admits, type Caller } from './access.ts';
import { arrivalOf } from './arrivals.ts';
import { type Asked, type AskedPort, dialled, isOpaque, isRead, type Settings, sees } from './asked.ts';
import { askedBy, settingsOf } from './reading.ts';
import { said, type Target, targetsOf } from './targets.ts';

/** One entry of calls.yaml. */
export type Call = Readonly<Record<string, unknown>>;

const stranger = '9.9.9.9';
const good = { method: 'GET', path: '/v1/x', headers: { 'x-tenant': 'a' } };
const everybody: readonly Caller[] = [
  { namespace: 'shop', account: 'billing', ...good },
  { namespace: 'shop', account: 'web', method: 'POST', path: '/other', headers: {} },
  { namespace: 'checkout', account: 'web', ...good },
  { namespace: 'istio-gateways', account: 'web', ...good },
  { namespace: 'nowhere', account: 'web', ...good },
];

/** What must become of calls to all that a list declares, and of calls to what it does not. */
export const callsOf = (world: World): readonly Call[] =>
  askedBy(world).flatMap((service, _, services) =>
    service.ports.flatMap(port => callsTo(service, port, settingsOf(world), services)),
  );

function callsTo(service: Asked, port: AskedPort, settings: Settings, services: readonly Asked[]): readonly Call[] {
  const targets = targetsOf(service, port, settings);
  const twins = services.filter(other => other !== service && sameAddress(other, service));
  const callers = everybody.filter(({ namespace }) => !twins.some(twin => sees(twin, namespace)));
  const own = { namespace: service.namespace, account: 'billing', ...good };
  const declared = targets.flatMap((target, index) =>
    (index === 0 ? [own, ...callers] : [own]).map(caller => declaredCall(service, port, target, caller)),
  );
  const near = targets.slice(0, 1).map(target => declaredCall(service, port, target, own, ['eu-west', 'a', '']));
  return [...declared, ...near, ...targets.flatMap(target => undeclared(service, port, target))];
}

/** Whether two services claim one address. */
const sameAddress = (one: Asked, other: Asked): boolean =>
  one.addresses.some(address => other.addresses.includes(address));

/** Whether somebody sees two services with one address: such a list must be refused. */
export const clashes = (world: World): boolean =>
  askedBy(world).some((one, index, services) =>
    services
      .slice(index + 1)
      .some(
        other =>
          sameAddress(one, other) &&
          (one.clients.includes('*') ||
            other.clients.includes('*') ||
            one.clients.some(namespace => other.clients.includes(namespace))),
      ),
  );

/** A declared call arrives; whoever does not see the host is refused by the own sidecar, whoever may not use it by the gateway. */
function declaredCall(
  service: Asked,
  port: AskedPort,
  target: Target,
  caller: Caller,
  locality: readonly string[] = ['here', 'here-1', ''],
): Call {
  const call = {
    ...written(port, target, caller),
    ...(locality[0] !== 'here' && { at: locality.slice(0, 2).join('/') }),
  };
  const routed = port.egressGatewayRoutes !== undefined;
  const beside = !routed && !sees(service, caller.namespace) && isBesideGateway(service, caller.namespace);
  if (!sees(service, caller.namespace) && !beside) return { ...call, refused: 'any' };
  if (routed && !isPassedThrough(port, target) && !admits(service, port, caller)) {
    return { ...call, refused: { status: isRead(port) ? 403 : 'reset', by: 'gateway' } };
  }
  if (port.traffic?.aborts === true && !isPassedThrough(port, target))
    return { ...call, refused: { status: 418, by: routed ? 'gateway' : 'client' } };
  // What the list opens without asking for it, and the diagnostic that must say so.
  const opens = beside
    ? `WO3023 ${service.namespace}/${service.name}`
    : target.kind === 'wildcard' && service.endpoints.length === 0 && `WO3014 ${target.host}`;
  const arrives = arrivalOf(service, port, target, routed ? ['here', 'here-1', ''] : locality);
  // Where the gateway passes the application's own TLS, the hop has none.
  return {
    ...call,
    ...(opens && { opens }),
    arrives: isPassedThrough(port, target) ? { ...arrives, hop: 'DISABLE' } : arrives,
  };
}

/** Whether a gateway of the service lies in a namespace, which then sees the hosts of all of its ports. */
const isBesideGateway = ({ ports }: Asked, namespace: string): boolean =>
  ports.some(port => port.egressGatewayRoutes?.virtualGatewayRefs.some(ref => ref.namespace === namespace));

/** The list's one PASSTHROUGH listener exposes `*.test`. */
const isPassedThrough = ({ egressGatewayRoutes }: AskedPort, { host }: Target): boolean =>
  egressGatewayRoutes !== undefined && host.endsWith('.test');

/** What nobody declared stays in the mesh: other hosts, other ports, other addresses. */
function undeclared(service: Asked, port: AskedPort, target: Target): readonly Call[] {
  const number = dialled(port);
  const from = `${service.namespace}/billing`;
  const refused = { status: 'any', by: 'client' };
  const calls: readonly Call[] = [
    { from, get: `http://undeclared.example:${number}/`, refused },
    { from, get: `https://undeclared.example:${number}/`, refused },
    { from, open: `tcp://${stranger}:${number}`, refused },
    { from, get: `http://${said(target)}:9/`, ...(target.to !== undefined && { to: target.to }), refused },
    { from, get: `https://${said(target)}:9/`, ...(target.to !== undefined && { to: target.to }), refused },
  ];
  // A port declared by another service of the namespace may serve there; 9 is nobody's.
  return calls;
}

function written(port: AskedPort, target: Target, { namespace, account, method, path, headers }: Caller): Call {
  const from = `${namespace}/${account}`;
  const to = target.to !== undefined && { to: target.to };
  const place = `${said(target)}:${dialled(port)}`;
  const protocol = port.protocol.toUpperCase();
  if (target.kind === 'range' || isOpaque(port)) return { from, open: `tcp://${place}`, ...to };
  if (!isRead(port)) return { from, [method.toLowerCase()]: `https://${place}${path}`, ...to };
  const scheme = { HTTP2: 'h2c', GRPC: 'grpc' }[protocol] ?? 'http';
  return { from, [method.toLowerCase()]: `${scheme}://${place}${path}`, headers, ...to };
}
