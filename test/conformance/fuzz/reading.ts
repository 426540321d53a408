import { parse } from 'yaml';
import type { World } from '../../worlds.ts';
import type { Asked, AskedPort, Settings } from './asked.ts';
import { type Sharing, sharingOf, type Written } from './sharing.ts';
import { governed } from './traffic.ts';

// What a list asks for, read from its documents alone: nothing of src is used, so that a mistake there cannot hide itself here.

const canonical = (host: string): string => host.toLowerCase().replace(/\.$/, '');

/** The EgressConfig of a world. */
export function settingsOf({ config }: World): Settings {
  const { spec } = parse(config);
  const addresses = Object.entries(spec.virtualAddresses ?? {}).map(([host, address]) => [canonical(host), address]);
  return { ...spec, virtualAddresses: Object.fromEntries(addresses) };
}

/** The external services of a world. */
export function askedBy(world: World): readonly Asked[] {
  const settings = settingsOf(world);
  const documents = [...(settings.workspaces ?? []), ...world.documents.map(({ text }) => parse(text))];
  const sharing = sharingOf(documents, settings.namespaces ?? []);
  const of = (kind: string, namespace: string) =>
    documents.filter(each => each.kind === kind && each.metadata.namespace === namespace);
  return documents
    .filter(({ kind }) => kind === 'ExternalService')
    .map(
      ({ metadata: { name, namespace, labels = {} }, spec }): Asked => ({
        name,
        namespace,
        labels,
        hosts: (spec.hosts ?? []).map(canonical),
        addresses: spec.addresses ?? [],
        subjectAltNames: spec.subjectAltNames ?? [],
        ports: spec.ports.map((port: AskedPort) => ({ ...byDefault(settings), ...port })),
        gateways: new Map(
          documents
            .filter(({ kind }) => kind === 'VirtualGateway')
            .map(gateway => [idOf(gateway), serviceBefore(gateway, documents)]),
        ),
        endpoints: of('ExternalEndpoint', namespace)
          .filter(
            ({ metadata }) => spec.selector !== undefined && metadata.labels.endpoints === spec.selector.endpoints,
          )
          .map(endpoint => ({
            address: endpoint.spec.address,
            ports: endpoint.spec.ports ?? [],
            locality: ['region', 'zone', 'subZone'].map(part => endpoint.spec.locality?.[part] ?? ''),
          })),
        clients: [
          ...clientsOf({ name, namespace, labels }, sharing),
          ...(settings.visibility[`${namespace}/${name}`] ?? []),
        ],
        reach: reachOf(namespace, sharing),
        policies: of('AccessPolicy', namespace).flatMap(({ spec: policy }) =>
          policy.applyToDestinations[0].selector.name === name
            ? policy.config.authzList.map((rule: object) => ({
                ...rule,
                port: policy.applyToDestinations[0].port.number,
              }))
            : [],
        ),
      }),
    )
    .map(service => ({ ...service, ports: service.ports.map(port => governed(service, port, documents, sharing)) }));
}

/** The way of a port that says none itself. */
function byDefault({ defaultGateway }: Settings): Pick<AskedPort, 'egressGatewayRoutes'> {
  const [namespace, name] = defaultGateway?.split('/') ?? [];
  return namespace === undefined || name === undefined
    ? {}
    : { egressGatewayRoutes: { virtualGatewayRefs: [{ namespace, name }] } };
}

/** The namespaces of a service's workspace and of those that import it, and its own. */
function clientsOf(service: Pick<Asked, 'name' | 'namespace' | 'labels'>, sharing: Sharing): readonly string[] {
  const owner = sharing.ownerOf(service.namespace);
  const seeing = owner === undefined ? [] : [owner, ...sharing.importersOf(owner, service)];
  return [service.namespace, ...seeing.flatMap(sharing.membersOf)];
}

/** The namespaces of a workspace and of those that it imports from; without one, all. */
function reachOf(namespace: string, sharing: Sharing): readonly string[] {
  const owner = sharing.ownerOf(namespace);
  return owner === undefined ? ['*'] : [owner, ...sharing.importedBy(owner)].flatMap(sharing.membersOf);
}

const idOf = ({ metadata: { namespace, name } }: Written): string => `${namespace}/${name}`;

/** The Service with the selector of a gateway's pods. */
function serviceBefore(gateway: Written, documents: readonly Written[]): string {
  const { labels } = gateway.spec.workloads[0].selector;
  const service = documents.find(
    ({ kind, metadata, spec }) =>
      kind === 'Service' &&
      metadata.namespace === gateway.metadata.namespace &&
      JSON.stringify(spec.selector) === JSON.stringify(labels),
  );
  return service === undefined ? '' : idOf(service);
}
