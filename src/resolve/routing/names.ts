import type { Draft } from '../../draft.ts';
import { covers } from '../../hosts.ts';
import { qualified } from '../../k8s/resource.ts';
import type { Forward, RouteTable, TlsRoute, ToExternalService } from '../../routing.ts';
import { hostFor, isHop, isNamed, isOutside } from '../../ways.ts';

/**
 * Says by which name a table's calls leave, where that is not the one they came by.
 *
 * Behind an egress gateway the name is what tells services apart: a call must bear the service's own.
 */
export function reportHosts({ hosts, http, tls, tcp }: RouteTable, draft: Draft): void {
  const forwards = http.flatMap(({ action }) => (action.kind === 'forward' ? [action] : []));
  for (const host of hosts) {
    for (const action of forwards)
      for (const destination of action.destinations.filter(isOutside))
        reportRequest(destination, action, host.name, draft);
    for (const destination of [...tls, ...tcp].flatMap(({ destinations }) => destinations).filter(isOutside))
      reportUnreachable(destination, host.name, draft);
    for (const route of tls)
      for (const destination of route.destinations.filter(isHop)) reportPassing(destination, route, host.name, draft);
  }
}

function reportRequest(destination: ToExternalService, action: Forward, asked: string, draft: Draft): void {
  const { service, origin } = destination;
  const wanted = typeof action.host === 'object' ? action.host.name : asked;
  const host = hostFor(service, wanted);
  if (!reportUnreachable(destination, wanted, draft) || host === undefined) return;
  if (!isHop(destination) || action.host === 'its own' || isNamed(host, wanted)) return;
  const args = { service: qualified(service), host: host.name, asked: wanted };
  if (typeof action.host === 'object') draft.report.add('WO2524', origin, args);
  else draft.report.add('WO2525', origin, args);
}

/** A gateway that passes the application's TLS goes by the name in it, and knows no other than the service's. */
function reportPassing(
  { service, port, origin }: ToExternalService,
  { matches }: TlsRoute,
  asked: string,
  { report }: Draft,
): void {
  const host = hostFor(service, asked);
  if (host === undefined || !port.routes.some(({ listeners }) => listeners.get(host)?.mode === 'PASSTHROUGH')) return;
  const names = matches.flatMap(match => match.names).filter(name => name === asked || covers(asked, name));
  const strange = names.find(name => !isNamed(host, name));
  if (strange !== undefined)
    report.add('WO2541', origin, { service: qualified(service), host: host.name, asked: strange });
}

/** A wildcard leads to its own endpoints alone, and for a call that bears a name below it. */
function reportUnreachable({ service, origin }: ToExternalService, wanted: string, { report }: Draft): boolean {
  const host = hostFor(service, wanted);
  const reachable = host !== undefined && (host.kind !== 'wildcard' || service.endpoints.length > 0);
  if (!reachable) report.add('WO2504', origin, { service: qualified(service) });
  return reachable;
}
