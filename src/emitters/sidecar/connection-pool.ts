import type { Port } from '../../plan.ts';

/** `connectionPool` of a port; undefined where no policy speaks of it. */
export function connectionPool({ traffic: { connections } }: Port): object | undefined {
  if (connections === undefined) return undefined;
  const { maxConnections, connectTimeout, keepalive, maxRequestsPerConnection, maxRetries, idleTimeout } = connections;
  const { probes, time, interval } = keepalive ?? {};
  const tcpKeepalive = given({ probes, time, interval });
  const tcp = given({ maxConnections, connectTimeout, tcpKeepalive });
  const http = given({
    http1MaxPendingRequests: connections.maxPendingRequests,
    http2MaxRequests: connections.maxRequests,
    maxRequestsPerConnection,
    maxRetries,
    idleTimeout,
  });
  return given({ tcp, http });
}

/** What was asked for; undefined if that is nothing. */
function given(fields: Readonly<Record<string, unknown>>): object | undefined {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}
