import { idOf, type Resource } from '../../k8s/resource.ts';
import { type Passage, passagesOf, samePods } from '../../passages.ts';
import { type Access, type Client, type ExternalService, type Gateway, isHttp } from '../../plan.ts';
import { gatewayName, hopSni, metadata } from './identity.ts';

/**
 * Who may use the service's servers on a gateway: what its access policies say, else its client namespaces.
 *
 * Always there: the first ALLOW on a gateway denies all else, so a service without one would be cut off by its neighbour's.
 */
export function authorizationPolicy(service: ExternalService, gateway: Gateway): Resource {
  const rules = guarded(service, gateway).flatMap(passage => rulesFor(service, passage));
  return {
    apiVersion: 'security.istio.io/v1',
    kind: 'AuthorizationPolicy',
    metadata: metadata({ name: gatewayName(service, gateway), namespace: gateway.workloadNamespace }, service),
    spec: {
      selector: { matchLabels: gateway.workloadLabels },
      action: 'ALLOW',
      // No rules at all, not an empty one: an ALLOW without rules admits nobody.
      ...(rules.length > 0 && { rules }),
    },
  };
}

/** A passage that a rule guards. */
interface Guarded extends Passage {
  /** The pods' port, where the host has several listeners and only it tells them apart. */
  readonly podPort?: number;
}

function guarded(service: ExternalService, gateway: Gateway): readonly Guarded[] {
  const passages = passagesOf(service);
  // Policies of another gateway on the same pods are united with these.
  const beside = passages.filter(passage => samePods(passage.gateway, gateway));
  return passages
    .filter(passage => passage.gateway === gateway)
    .map(passage => {
      const several = beside.some(other => other.host === passage.host && other.listener !== passage.listener);
      const podPort = passage.listener.podPort;
      return several && podPort !== undefined ? { ...passage, podPort } : passage;
    });
}

function rulesFor(service: ExternalService, passage: Guarded): readonly object[] {
  if (passage.listener.mode === 'PASSTHROUGH') return [rule(passage, anybody(service))];
  const stated = service.access.filter(({ ports }) => ports.includes(passage.port.number));
  // A service that policies speak of is closed to all whom they do not name.
  if (stated.length === 0) return [rule(passage, everyoneWhoSees(service))];
  return stated
    .filter(({ clients }) => clients.length > 0)
    .toSorted(byPolicy)
    .map(access => rule(passage, access));
}

/** Rules in the order of their policies' names, not of the list: they are united, and their order means nothing. */
function byPolicy(one: Access, other: Access): number {
  const [id, otherId] = [one, other].map(({ origin: { source } }) =>
    source === undefined ? '' : idOf(source.resource),
  );
  return id === otherId ? 0 : (id ?? '') < (otherId ?? '') ? -1 : 1;
}

const everyoneWhoSees = (service: ExternalService): Access => ({
  ...anybody(service),
  clients: [{ namespaces: service.clients }],
});

const anybody = ({ origin }: ExternalService): Access => ({
  origin,
  ports: [],
  clients: [{ namespaces: 'everyone' }],
  ipBlocks: [],
  remoteIpBlocks: [],
  methods: [],
  paths: [],
  headers: [],
});

function rule(passage: Guarded, access: Access): object {
  const from = sources(access);
  const operation = operationOf(passage, access);
  const headers = access.headers.map(({ name, values, notValues }) => ({
    key: `request.headers[${name}]`,
    ...(values.length > 0 && { values }),
    ...(notValues.length > 0 && { notValues }),
  }));
  return {
    ...(from.length > 0 && { from }),
    ...(Object.keys(operation).length > 0 && { to: [{ operation }] }),
    when: [sniIs(passage), ...headers],
  };
}

/** Without the SNI, a rule for `*.example.com` would open what the policy of `api.example.com` closes. */
const sniIs = ({ host, listener }: Passage) => ({
  key: 'connection.sni',
  values: [listener.mode === 'PASSTHROUGH' ? host.name : hopSni(host)],
});

function sources({ clients, ipBlocks, remoteIpBlocks }: Access): readonly object[] {
  const blocks = { ...(ipBlocks.length > 0 && { ipBlocks }), ...(remoteIpBlocks.length > 0 && { remoteIpBlocks }) };
  const everyone = clients.some(client => 'namespaces' in client && client.namespaces === 'everyone');
  if (everyone) return Object.keys(blocks).length > 0 ? [{ source: blocks }] : [];
  const principals = [...new Set(clients.flatMap(client => ('principal' in client ? [client.principal] : [])))];
  const namespaces = [...new Set(clients.flatMap(named))];
  return [
    ...(principals.length > 0 ? [{ source: { principals, ...blocks } }] : []),
    ...(namespaces.length > 0 ? [{ source: { namespaces, ...blocks } }] : []),
  ];
}

const named = (client: Client): readonly string[] =>
  'namespaces' in client && client.namespaces !== 'everyone' ? client.namespaces : [];

/** A host is compared with the port that the client wrote behind it; `*.x:*` is no pattern that Istio knows. */
function operationOf({ host, port, podPort }: Guarded, { methods, paths }: Access): object {
  const http = isHttp(port.client.protocol);
  const suffix = host.kind === 'wildcard' ? port.client.number : '*';
  return {
    ...(http && { hosts: [host.name, `${host.name}:${suffix}`] }),
    ...(podPort !== undefined && { ports: [String(podPort)] }),
    ...(http && methods.length > 0 && { methods }),
    ...(http && paths.length > 0 && { paths }),
  };
}
