import { error } from './entry.ts';

/** WO243x: what route tables would take from services, or open to others. */
export const routeClaims = {
  WO2430: error('A table that lets others in', ({ service, namespaces }: { service: string; namespaces: string }) => ({
    message: `the table of another namespace would let the gateways in ${namespaces} call ExternalService ${service}, which does not say so`,
    hint: `write in EgressConfig: visibility: {${service}: [${namespaces}]}; or write the table in the namespace of the service`,
  })),
  WO2431: error(
    'A table for a host of another repository',
    ({ host, value, by }: { host: string; value: string; by: string }) => ({
      message: `${host === value ? host : `${host} overlaps ${value}, which`} belongs to ${by}, says the platform: the table would act on calls that are not ours`,
      hint: 'write the table in the repository that has the host, or give it a host of its own',
    }),
  ),
  WO2432: error(
    'A table for a host of a service that was left out',
    ({ host, service }: { host: string; service: string }) => ({
      message: `${host} is a host of ExternalService ${service}, which is left out: nothing would carry the routes of the table`,
      hint: 'remove the host from the table, or what the service has in common with the other',
    }),
  ),
  WO2433: error('A rewrite behind the paths of a policy', ({ service }: { service: string }) => ({
    message: `the access policies of ExternalService ${service} allow paths, and this route changes the path at the gateway, after they have judged it`,
    hint: 'let clients call the path that the service has, without a rewrite; without subsets and retries of routes the path is changed before the gateway, and judged as it leaves',
  })),
  WO2434: error(
    'A table that takes the calls of a service',
    ({ inner, outer, service }: { inner: string; outer: string; service: string }) => ({
      message: `the routes for ${outer} hold for ${inner} of ExternalService ${service} too, which has none of its own: its calls would go where the table leads`,
      hint: `name the hosts of the table one by one, or give ${inner} a route of its own, such as a RouteTable for it`,
    }),
  ),
  WO2435: error('A table that delegates without end', ({ maximum }: { maximum: number }) => ({
    message: `the table and those below it delegate more than ${maximum} times: each way to a table brings all of its routes once more`,
    hint: 'let one route delegate to a table, not several',
  })),
};
