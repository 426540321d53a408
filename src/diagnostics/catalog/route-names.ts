import { error } from './entry.ts';

/** WO256x: names and expressions of route tables. */
export const routeNames = {
  WO2560: error(
    'A call under the name of another service',
    ({ name, service, other }: { name: string; service: string; other: string }) => ({
      message: `calls would go to the endpoints of ExternalService ${other} under the name ${name}, which belongs to ExternalService ${service}: they would get past what that one says of its callers`,
      hint: `lead to ExternalService ${service}, or name the hosts of the table, or of hostRewrite, that are not its own`,
    }),
  ),
};
