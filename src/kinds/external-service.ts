import { at, type Draft, namespaceOf } from '../draft.ts';
import { clientsOf } from '../resolve/clients.ts';
import { selectEndpoints, withPorts } from '../resolve/endpoints.ts';
import { readHosts } from '../resolve/hosts.ts';
import { type PortSpec, readPorts } from '../resolve/ports.ts';
import { withRoutes } from '../resolve/routes.ts';
import { readSpec } from '../schemas.ts';
import type { Kind } from './kind.ts';

/** `networking.gloo.solo.io/v2` ExternalService. */
interface Spec {
  readonly hosts?: readonly string[];
  readonly addresses?: readonly string[];
  readonly ports: readonly PortSpec[];
  readonly selector?: Readonly<Record<string, string>>;
  readonly subjectAltNames?: readonly string[];
}

/** A service outside the mesh: everything else is about one of these. */
export const externalService: Kind = {
  apiVersion: 'networking.gloo.solo.io/v2',
  kind: 'ExternalService',
  contribute(input, draft) {
    draft.used.add(input);
    const { metadata } = input.resource;
    const spec = readSpec<Spec>(input, 'external-service', draft);
    if (spec === undefined) return;
    const endpoints = selectEndpoints(input, spec.selector, draft);
    const wantsEndpoints = Object.keys(spec.selector ?? {}).length > 0;
    const hosts = readHosts(input, spec, wantsEndpoints, draft);
    const read = readPorts(input, spec.ports, spec.subjectAltNames ?? [], draft);
    const ports = withRoutes(input, read, hosts, wantsEndpoints, draft);
    const targets = new Map(read.map(({ port: { origin }, spec: { targetPort } }) => [origin, targetPort]));
    if (!wantsEndpoints) reportNamedTargets(read, draft);
    draft.services.push({
      origin: at(input),
      name: metadata.name,
      namespace: namespaceOf(input),
      labels: metadata.labels ?? {},
      hosts,
      ports,
      endpoints: withPorts(endpoints, ports, targets, draft),
      clients: clientsOf(input, draft),
      ingresses: [],
      access: [],
      tables: [],
      subsets: [],
      subjectAltNames: spec.subjectAltNames ?? [],
    });
  },
};

/** Only an endpoint has named ports. */
function reportNamedTargets(ports: ReturnType<typeof readPorts>, { report }: Draft): void {
  for (const { port, spec } of ports) {
    const name = spec.targetPort?.name;
    if (name !== undefined)
      report.add('WO2014', { ...port.origin, field: [...(port.origin.field ?? []), 'targetPort'] }, { name });
  }
}
