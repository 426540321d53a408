import { isHttp, type Port } from '../../plan.ts';
import type { Cors, Fault, HeaderChanges, Headers, Mirror, Patience, Traffic } from '../../traffic.ts';

/** What policies add to an HTTP route: of a port at the gateway or in the mesh, or of a table. */
export function routePolicies({ patience, fault, headers, mirror, cors }: Traffic): object {
  return {
    ...(patience !== undefined && limits(patience)),
    ...(fault !== undefined && { fault: faultOf(fault) }),
    ...(headers !== undefined && { headers: headersOf(headers) }),
    ...(mirror !== undefined && copies(mirror)),
    ...(cors !== undefined && { corsPolicy: corsOf(cors) }),
  };
}

/** What an HTTP route has at the gateway, where the certificate that a client shows at the hop would leave with the request. */
export function gatewayPolicies(traffic: Traffic): object {
  const { request = unchanged, response = unchanged } = traffic.headers ?? {};
  const remove = [...new Set([...request.remove, clientCertificate])];
  return { ...routePolicies(traffic), headers: headersOf({ request: { ...request, remove }, response }) };
}

/** The header in which a proxy tells who called it. */
export const clientCertificate = 'x-forwarded-client-cert';
const unchanged: HeaderChanges = { add: {}, remove: [] };

/** Whether policies add to the route of a port that sidecars would need none for. */
export const isSteered = (port: Port): boolean =>
  port.routes.length === 0 && isHttp(port.client.protocol) && Object.keys(routePolicies(port.traffic)).length > 0;

const limits = ({ timeout, retries }: Patience): object => ({
  ...(timeout !== undefined && { timeout }),
  ...(retries !== undefined && {
    retries: {
      attempts: retries.attempts,
      ...(retries.perTryTimeout !== undefined && { perTryTimeout: retries.perTryTimeout }),
      ...(retries.on !== undefined && { retryOn: retries.on }),
      ...(retries.remoteLocalities !== undefined && { retryRemoteLocalities: retries.remoteLocalities }),
    },
  }),
});

const faultOf = ({ delay, abort }: Fault): object => ({
  ...(delay !== undefined && { delay: { percentage: { value: delay.percent }, fixedDelay: delay.time } }),
  ...(abort !== undefined && { abort: { percentage: { value: abort.percent }, httpStatus: abort.status } }),
});

function headersOf({ request, response }: Pick<Headers, 'request' | 'response'>): object {
  const changes = { request: changesOf(request), response: changesOf(response) };
  return Object.fromEntries(Object.entries(changes).filter(([, change]) => Object.keys(change).length > 0));
}

const changesOf = ({ add, remove }: HeaderChanges): object => ({
  ...(Object.keys(add).length > 0 && { add }),
  ...(remove.length > 0 && { remove }),
});

const copies = ({ host, port, percent }: Mirror): object => ({
  mirror: { host, ...(port !== undefined && { port: { number: port } }) },
  ...(percent !== undefined && { mirrorPercentage: { value: percent } }),
});

const corsOf = ({ origins, allowMethods, allowHeaders, exposeHeaders, maxAge, allowCredentials }: Cors): object => ({
  allowOrigins: origins.map(({ form, text }) => ({ [form]: text })),
  ...(allowMethods.length > 0 && { allowMethods }),
  ...(allowHeaders.length > 0 && { allowHeaders }),
  ...(exposeHeaders.length > 0 && { exposeHeaders }),
  ...(maxAge !== undefined && { maxAge }),
  ...(allowCredentials !== undefined && { allowCredentials }),
});
