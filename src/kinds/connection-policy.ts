import type { Connections } from '../traffic.ts';
import { trafficPolicy } from './traffic-policy.ts';

/** `config` of a `resilience.policy.gloo.solo.io/v2` ConnectionPolicy. */
interface Config {
  readonly tcp?: Pick<Connections, 'maxConnections' | 'connectTimeout'> & {
    readonly tcpKeepalive?: NonNullable<Connections['keepalive']>;
  };
  readonly http?: Pick<Connections, (typeof requestFields)[number]>;
}

const requestFields = [
  'maxRequestsPerConnection',
  'maxRetries',
  'maxRequests',
  'maxPendingRequests',
  'idleTimeout',
] as const;

/** How many connections and requests at once, and how long they may last. */
export const connectionPolicy = trafficPolicy<Config, 'connections'>({
  schema: 'connection-policy',
  part: 'connections',
  read({ tcp: { tcpKeepalive, ...tcp } = {}, http = {} }, origin, { report }) {
    const given = { ...tcp, ...http, ...(tcpKeepalive !== undefined && { keepalive: tcpKeepalive }) };
    if (Object.keys(given).length > 0) return { origin, ...given };
    report.add('WO2405', origin, {});
    return undefined;
  },
  requestFields: part => requestFields.filter(field => part[field] !== undefined).map(field => `config.http.${field}`),
});
