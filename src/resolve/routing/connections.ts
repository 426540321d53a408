import type { Source } from '../../diagnostics/report.ts';
import { at, below, type Draft } from '../../draft.ts';
import { canonicalHost } from '../../hosts.ts';
import type { TcpRoute, TlsRoute } from '../../routing.ts';
import { isOutside } from '../../ways.ts';
import { readDestinations } from './destinations.ts';
import type { TableSpec } from './spec.ts';

/** The routes of a table for applications that open TLS themselves. */
export const readTls = (
  source: Source,
  { tls = [], defaultDestination }: TableSpec,
  draft: Draft,
): readonly TlsRoute[] =>
  tls.flatMap(({ matchers = [], forwardTo }, index) => {
    const origin = at(source, 'spec', 'tls', index);
    const destinations = readDestinations(
      forwardTo.destinations,
      defaultDestination,
      below(origin, 'forwardTo'),
      draft,
    );
    const matches = matchers.map(({ sniHosts = [], port = 0 }) => ({
      names: sniHosts.map(canonicalHost),
      ...(port !== 0 && { port }),
    }));
    const nameless = matches.length === 0 || matches.some(({ names }) => names.length === 0);
    if (nameless) draft.report.add('WO2514', origin, {});
    return destinations === undefined || nameless ? [] : [{ origin, matches, destinations }];
  });

/** The routes of a table for connections that carry no name. */
export const readTcp = (
  source: Source,
  { tcp = [], defaultDestination }: TableSpec,
  draft: Draft,
): readonly TcpRoute[] =>
  tcp.flatMap(({ matchers = [], forwardTo }, index) => {
    const origin = at(source, 'spec', 'tcp', index);
    const destinations = readDestinations(
      forwardTo.destinations,
      defaultDestination,
      below(origin, 'forwardTo'),
      draft,
    );
    if (destinations === undefined) return [];
    if (destinations.some(isOutside)) draft.report.add('WO2515', origin, {});
    const ports = matchers.flatMap(({ port = 0 }) => (port === 0 ? [] : [port]));
    return [{ origin, ports: ports.length < matchers.length ? [] : ports, destinations }];
  });
