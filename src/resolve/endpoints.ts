import type { Source, Where } from '../diagnostics/report.ts';
import { at, type Draft, type DraftEndpoint, namespaceOf } from '../draft.ts';
import { qualified } from '../k8s/resource.ts';
import type { Endpoint, Port } from '../plan.ts';
import { select, selectorText } from './selectors.ts';

/** Where a port of a service leads to on its endpoints: Gloo's `targetPort`. */
export interface TargetPort {
  readonly number?: number;
  readonly name?: string;
}

/** The endpoints that a service's selector chooses; an absent or empty selector wants none. */
export function selectEndpoints(
  source: Source,
  labels: Readonly<Record<string, string>> | undefined,
  draft: Draft,
): readonly DraftEndpoint[] {
  if (labels === undefined || Object.keys(labels).length === 0) return [];
  const origin = at(source, 'spec', 'selector');
  const chosen = select(draft.endpoints, { labels }, origin, namespaceOf(source), { draft, what: 'ExternalEndpoint' });
  if (chosen.length === 0 && !draft.incomplete)
    draft.report.add('WO2020', origin, { selector: selectorText({ labels }), what: 'ExternalEndpoint' });
  // By name, not in the order of the list: a host that sorts it otherwise must not change the output.
  return chosen.toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

/** Endpoints with the port of each that every port of the service leads to. */
export function withPorts(
  endpoints: readonly DraftEndpoint[],
  ports: readonly Port[],
  targets: ReadonlyMap<Where, TargetPort | undefined>,
  draft: Draft,
): readonly Endpoint[] {
  reportSockets(endpoints, ports, draft);
  return endpoints.map(endpoint => ({
    ...endpoint,
    ports:
      endpoint.kind === 'unix'
        ? {}
        : Object.fromEntries(ports.flatMap(port => entry(endpoint, port, targets.get(port.origin), draft))),
  }));
}

function entry(
  endpoint: DraftEndpoint,
  port: Port,
  target: TargetPort | undefined,
  { report }: Draft,
): [string, number][] {
  const number = target?.number ?? port.number;
  const found = endpoint.ports.find(candidate =>
    target?.name === undefined ? candidate.number === number : candidate.name === target.name,
  );
  if (found !== undefined) return [[port.name, found.number]];
  const wanted = target?.name === undefined ? `with number ${number}` : `called "${target.name}"`;
  const origin: Where = port.origin;
  report.add('WO2022', origin, { endpoint: `ExternalEndpoint ${qualified(endpoint)}`, port: port.name, wanted }, [
    { words: 'the endpoint stands at', where: endpoint.origin },
  ]);
  return [];
}

/** Istio: a unix endpoint has no ports map, its service exactly one port, and it cannot stand beside a DNS name. */
function reportSockets(endpoints: readonly DraftEndpoint[], ports: readonly Port[], { report }: Draft): void {
  const socket = endpoints.find(({ kind }) => kind === 'unix');
  if (socket === undefined) return;
  const name = endpoints.find(({ kind }) => kind === 'name');
  const [, second] = ports;
  if (second !== undefined) {
    report.add('WO2025', socket.origin, { problem: `the service has ${ports.length} ports` }, [
      { words: 'the second port stands at', where: second.origin },
    ]);
  }
  const routed = ports.find(({ routes }) => routes.length > 0);
  if (routed !== undefined) {
    // Istio's own sockets in the gateway's pod hand out its keys.
    report.add('WO2025', socket.origin, { problem: 'behind a gateway it would be a socket of the gateway itself' }, [
      { words: 'the port stands at', where: routed.origin },
    ]);
  }
  if (name !== undefined) {
    report.add('WO2025', socket.origin, { problem: `${name.address} beside it is a DNS name` }, [
      { words: 'the other endpoint stands at', where: name.origin },
    ]);
  }
}
