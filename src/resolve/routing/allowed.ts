import type { Source } from '../../diagnostics/report.ts';
import { at, below, type Draft, namespaceOf } from '../../draft.ts';
import type { Identity } from '../../plan.ts';
import type { IngressGateway, RouteTable, TableHost } from '../../routing.ts';
import { fieldsOf, listOf, specOf } from '../../rules/foreign.ts';
import { type Exposes, readExposure } from '../exposure.ts';
import { selectorIn } from '../selectors.ts';
import { serversFor } from './servers.ts';

/** Reports the hosts of a table that it would serve at a gateway whose owner does not allow it to. */
export function reportAllowed(table: Identity, { hosts, gateways }: RouteTable, draft: Draft): void {
  for (const gateway of gateways) {
    const source = draft.virtualGateways.get(gateway.asked);
    if (source === undefined) continue;
    const listeners = listenersOf(source, draft);
    for (const host of hosts) reportHost(table, host, gateway, listeners, draft);
  }
}

/** A listener as far as route tables are concerned. */
interface TableListener {
  readonly origin: ReturnType<typeof at>;
  readonly port: Readonly<Record<string, unknown>>;
  readonly allows: Exposes;
}

/** What listeners allow does not depend on the table: it is read, and what is wrong with it said, once. */
const known = new WeakMap<Source, readonly TableListener[]>();

function listenersOf(source: Source, draft: Draft): readonly TableListener[] {
  const found = known.get(source) ?? readListeners(source, draft);
  known.set(source, found);
  return found;
}

const readListeners = (source: Source, draft: Draft): readonly TableListener[] =>
  listOf(specOf(source).listeners).map((value, index): TableListener => {
    const { port, allowedRouteTables } = fieldsOf(value);
    const origin = at(source, 'spec', 'listeners', index);
    const where = below(origin, 'allowedRouteTables');
    const rules = listOf(allowedRouteTables)
      .map(fieldsOf)
      .map(({ host, selector }) => ({
        host: String(host ?? ''),
        ...(selector !== undefined && { selector: selectorIn(selector) }),
      }));
    return {
      origin: rules.length > 0 ? where : origin,
      port: fieldsOf(port),
      allows: readExposure(rules, where, { namespace: namespaceOf(source), kind: 'ROUTE_TABLE', draft }),
    };
  });

/**
 * A VirtualService binds to all servers of an Istio Gateway.
 *
 * So a listener that does not allow the table matters, unless the servers that would take it are known to be those of others.
 */
function reportHost(
  table: Identity,
  { origin, name }: TableHost,
  { asked, reference }: IngressGateway,
  listeners: readonly TableListener[],
  { report, witnesses }: Draft,
): void {
  const closed = listeners.filter(({ allows }) => !allows(table, name));
  const [first] = closed;
  if (first === undefined) return;
  const open = listeners.filter(listener => !closed.includes(listener));
  const servers = serversFor(reference, name, table.namespace, witnesses);
  const isOpen = (server: Readonly<Record<string, unknown>>) =>
    open.some(({ port }) => isSame(port, fieldsOf(server.port)));
  if (open.length > 0 && servers?.every(isOpen) === true) return;
  const ports = closed.map(({ port }) => String(port.number ?? port.name ?? 'without a number')).join(', ');
  report.add('WO2540', origin, { host: name, gateway: asked, ports }, [
    { words: 'what it allows stands at', where: first.origin },
  ]);
}

const isSame = (listener: TableListener['port'], server: TableListener['port']): boolean =>
  listener.number === undefined ? listener.name === server.name : listener.number === server.number;
