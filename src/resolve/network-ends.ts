import type { Where } from '../diagnostics/report.ts';
import { type Opening, tcp } from '../guard.ts';
import type { ExternalService, Port } from '../plan.ts';
import { fieldsOf, labelsOf, listOf, specOf } from '../rules/foreign.ts';
import type { Mirror } from '../traffic.ts';
import { isDivided, routesTo } from '../ways.ts';
import { named, type Witnesses } from '../witnesses.ts';

/** Where traffic leaves for: an IP or a CIDR, or a name that the proxy looks up. */
export interface End {
  readonly origin: Where;
  readonly kind: 'block' | 'name';
  readonly address: string;
  /** The port that is dialled there; absent: the only one that a Service has. */
  readonly port?: number;
}

/** Where the traffic of a port ends, and the copies of it: what policies say of the port, and of routes of tables that stand at its gateways. */
export function endsOf(service: ExternalService, port: Port): readonly End[] {
  const divided = isDivided(service, port) ? routesTo(service, port).map(({ traffic }) => traffic) : [];
  const mirrors = [port.traffic, ...divided].flatMap(({ mirror }) => mirror ?? []);
  return [...ownEnds(service, port), ...mirrors.flatMap(endsOfCopies)];
}

/** Where copies end. */
export const endsOfCopies = (mirror: Mirror): readonly End[] =>
  mirror.into === undefined
    ? [{ ...mirror, kind: 'name', address: mirror.host }]
    : ownEnds(mirror.into.service, mirror.into.port);

function ownEnds({ endpoints, hosts }: ExternalService, port: Port): readonly End[] {
  if (endpoints.length > 0)
    return endpoints.flatMap(({ origin, kind, address, ports }) =>
      // A socket is on the machine itself: no packet leaves.
      kind === 'unix'
        ? []
        : [{ origin, kind: kind === 'ip' ? 'block' : 'name', address, port: ports[port.name] ?? port.target }],
    );
  return hosts.map(({ origin, kind, name, address }) =>
    (kind === 'address' || kind === 'range') && address !== undefined
      ? { origin, kind: 'block', address, port: port.target }
      : { origin, kind: 'name', address: name, port: port.target },
  );
}

const serviceHost = /^(?:[^.]+\.)*([^.]+)\.([^.]+)\.svc(?:\.cluster\.local)?$/;

/** The pods behind a Service's host, by the ports that packets bear once the Service's address is translated; `known` is false where only the namespace is. */
export function podsBehind(
  end: End,
  witnesses: Witnesses,
): { readonly opening: Opening; readonly known: boolean } | undefined {
  const [, name, namespace] = serviceHost.exec(end.address) ?? [];
  if (name === undefined || namespace === undefined) return undefined;
  const source = named(witnesses, '', 'Service', { namespace, name });
  if (source === undefined) return { opening: { peers: [{ namespace }], ports: [] }, known: false };
  const spec = specOf(source);
  const labels = labelsOf(spec.selector);
  // An ExternalName, or a Service whose endpoints somebody else writes, can lead anywhere.
  if (Object.keys(labels).length === 0 || spec.type === 'ExternalName') return undefined;
  return { opening: { peers: [{ namespace, labels }], ports: tcp(podPorts(spec, end.port)) }, known: true };
}

function podPorts(spec: ReturnType<typeof specOf>, dialled: number | undefined): readonly (number | string)[] {
  // Without an address of its own a Service is its pods: what is dialled is their port.
  if (spec.clusterIP === 'None' && dialled !== undefined) return [dialled];
  return listOf(spec.ports)
    .map(fieldsOf)
    .filter(({ port }) => dialled === undefined || port === dialled)
    .map(({ port, targetPort }) => (spec.clusterIP === 'None' ? port : (targetPort ?? port)))
    .filter(port => typeof port === 'number' || typeof port === 'string');
}
