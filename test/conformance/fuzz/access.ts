import { type Asked, type AskedPort, isRead, type Policy, sees } from './asked.ts';

/** Somebody who calls, and the request where there is one. */
export interface Caller {
  readonly namespace: string;
  readonly account: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Whether the access policies of a port admit a caller at its gateway; without any, whoever sees the service. */
export function admits(service: Asked, port: AskedPort, caller: Caller): boolean {
  const policies = service.policies.filter(policy => policy.port === port.number);
  return (
    sees(service, caller.namespace) &&
    (policies.length === 0 || policies.some(policy => allows(service, port, policy, caller)))
  );
}

function allows(service: Asked, port: AskedPort, policy: Policy, caller: Caller): boolean {
  const { allowedClients, allowedMethods = [], allowedPaths = [], match } = policy;
  const isNamed =
    allowedClients.length === 0 ||
    allowedClients.some(client => isClient(client.serviceAccountSelector, service, caller));
  if (!isRead(port)) return isNamed;
  // The lists allow pods' own range alone, so that allowedIpBlocks never decides here.
  return (
    isNamed &&
    (allowedMethods.length === 0 || allowedMethods.includes(caller.method)) &&
    (allowedPaths.length === 0 || allowedPaths.some(path => caller.path.startsWith(path.replace('*', '')))) &&
    Object.entries(match?.request.headers ?? {}).every(([name, { values }]) =>
      values.includes(caller.headers[name] ?? ''),
    )
  );
}

const isClient = (
  { name, namespace }: { readonly name?: string; readonly namespace?: string },
  service: Asked,
  caller: Caller,
): boolean =>
  (namespace === undefined
    ? sees(service, caller.namespace) && (service.reach.includes('*') || service.reach.includes(caller.namespace))
    : namespace === caller.namespace) &&
  (name === undefined || name === caller.account);
