import { error } from './entry.ts';

/** WO254x: what gateways and policies do not let route tables do. */
export const routeLimits = {
  WO2540: error(
    'A table that the gateway does not allow',
    ({ host, gateway, ports }: { host: string; gateway: string; ports: string }) => ({
      message: `VirtualGateway ${gateway} does not allow this table to serve ${host} at port ${ports}`,
      hint: `add to allowedRouteTables there: - {host: ${JSON.stringify(host)}}, with a selector that takes in the table, if any; if another port allows it, let the Istio Gateway's servers for this one name other hosts`,
    }),
  ),
  WO2541: error(
    'TLS by a name that the egress gateway does not pass',
    ({ service, host, asked }: { service: string; host: string; asked: string }) => ({
      message: `the egress gateway of ExternalService ${service} passes the TLS of applications by its name, and knows ${host}, not ${asked}: the connection would end there`,
      hint: `let applications ask for ${host}; or let the gateway's listener be ISTIO_MUTUAL, which knows calls by the hop`,
    }),
  ),
  WO2542: error('A policy for some destinations of routes', ({ kind }: { kind: string }) => ({
    message: `the ${kind} chooses routes of tables and some of their destinations at once: rendered, it would act on all of them`,
    hint: 'choose the routes alone, without withDestinations or onDestinations; or the external service alone, without route',
  })),
};
