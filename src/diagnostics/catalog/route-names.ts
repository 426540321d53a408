import { error, warning } from './entry.ts';

/** WO256x: what route tables call things, and whose. */
export const routeNames = {
  WO2560: error(
    'A call under the name of another service',
    ({ name, service, other }: { name: string; service: string; other: string }) => ({
      message: `calls would go to the endpoints of ExternalService ${other} under the name ${name}, which belongs to ExternalService ${service}: they would get past what that one says of its callers`,
      hint: `lead to ExternalService ${service}, or name the hosts of the table, or of hostRewrite, that are not its own`,
    }),
  ),
  WO2561: warning('A Service that is not told who called', ({ host, gateway }: { host: string; gateway: string }) => ({
    message: `copies of the calls leave the mesh at Gateway ${gateway}, so the header that says who called (x-forwarded-client-cert) is removed there, for ${host} too`,
    hint: 'mirror to a Service of the mesh, or send the copies from a route that leads to no Service',
  })),
  WO2562: error('A gateway of another workspace', ({ gateway }: { gateway: string }) => ({
    message: `the workspace of VirtualGateway ${gateway} does not see the table`,
    hint: 'export the table from its workspace and import it into the gateway’s, with kind ROUTE_TABLE or ALL; a Workspace of another repository goes into spec.workspaces of EgressConfig',
  })),
  WO2563: error('A substitution that cannot be', ({ problem }: { problem: string }) => ({
    message: `the substitution ${problem}`,
    hint: 'write what takes the place of the match: text, \\0 for the whole match, \\1 for what the first group matched',
  })),
};
