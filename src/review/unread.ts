import { grouped } from '../grouped.ts';
import { madeUpLabel } from '../hosts.ts';
import type { Resource } from '../k8s/resource.ts';
import { isObject } from '../object.ts';
import { compare } from '../order.ts';
import { fieldsOf, listOf, textsOf } from '../rules/foreign.ts';
import { decisive } from './egress-objects.ts';
import { madeFrom } from './objects.ts';

/** Every field of some names behind each of some paths; `[]` stands for every entry of a list. */
const each = (paths: readonly string[], names: string): readonly string[] =>
  paths.flatMap(path => names.split(' ').map(name => `${path}.${name}`));

const lists = ['http', 'tls', 'tcp'].map(name => `spec.${name}[]`);
const policies = ['spec.trafficPolicy', 'spec.subsets[].trafficPolicy'].flatMap(path => [
  path,
  `${path}.portLevelSettings[]`,
]);
const rules = ['spec.egress[]', 'spec.ingress[]'];

/** For each kind the fields that the summary is made from, and those that open nothing: timeouts, retries, faults, balancing, names. */
const known: Readonly<Record<string, readonly string[]>> = {
  ServiceEntry: [
    ...each(['spec'], 'hosts addresses exportTo resolution'),
    ...each(['spec.ports[]'], 'name number protocol targetPort'),
    ...each(['spec.endpoints[]'], 'address ports locality weight'),
  ],
  VirtualService: [
    ...each(['spec'], 'hosts gateways'),
    ...each(
      lists.map(list => `${list}.match[]`),
      'gateways port sourceLabels',
    ),
    ...each(
      lists.map(list => `${list}.route[]`),
      'weight',
    ),
    ...each(['spec.http[]'], 'name timeout retries fault corsPolicy mirrorPercentage.value'),
    ...each(['spec.http[].mirrors[]'], 'percentage.value'),
    ...each(
      [
        ...lists.map(list => `${list}.route[].destination`),
        ...['mirror', 'mirrors[].destination'].map(field => `spec.http[].${field}`),
      ],
      'host subset port.number',
    ),
  ],
  DestinationRule: [
    ...each(['spec'], 'host'),
    ...each(['spec.subsets[]'], 'name'),
    ...each(policies, 'port.number loadBalancer connectionPool outlierDetection'),
    ...each(
      policies.map(path => `${path}.tls`),
      'mode sni subjectAltNames caCertificates clientCertificate credentialName insecureSkipVerify',
    ),
  ],
  Gateway: [...each(['spec.servers[]'], 'name tls.mode'), ...each(['spec.servers[].port'], 'name number protocol')],
  AuthorizationPolicy: [
    ...each(['spec.rules[].from[].source'], 'principals namespaces ipBlocks remoteIpBlocks'),
    ...each(['spec.rules[].to[].operation'], 'methods paths ports'),
    ...each(['spec.rules[].when[]'], 'key values notValues'),
  ],
  NetworkPolicy: [
    ...each(['spec'], 'policyTypes podSelector.matchLabels'),
    ...each(
      rules.map(rule => `${rule}.ports[]`),
      'port endPort protocol',
    ),
    ...each(
      rules.flatMap(rule => [`${rule}.to[]`, `${rule}.from[]`]),
      'ipBlock.cidr ipBlock.except namespaceSelector.matchLabels podSelector.matchLabels',
    ),
  ],
  Sidecar: each(['spec'], 'outboundTrafficPolicy.mode workloadSelector.labels'),
};

/**
 * Gives what is left of one of some generated objects without all that a line of the summary says, and all that opens nothing:
 * a text, empty if that is everything. Where it differs, the object was edited by hand in a way that no line shows.
 */
export function unreadIn(resources: readonly Resource[]): (resource: Resource) => string {
  const shown = grouped(
    resources.filter(({ kind }) => kind === 'ServiceEntry'),
    entry => textsOf(fieldsOf(entry.spec).hosts).map(host => `${madeFrom(entry)} ${host}`),
  );
  return resource => {
    const { apiVersion: _, kind, metadata, ...rest } = decisive(narrowed(resource, shown)) as Resource;
    const { name: __, namespace: ___, ...own } = metadata;
    const left = (known[kind] ?? []).reduce<unknown>((value, path) => without(value, path.split('.')), {
      ...rest,
      metadata: own,
    });
    return JSON.stringify(pruned(left) ?? '');
  };
}

/** The object without what repeats what another of its fields says. */
function narrowed(resource: Resource, shown: ReadonlyMap<string, readonly Resource[]>): Resource {
  const spec = fieldsOf(resource.spec);
  if (resource.kind === 'VirtualService') {
    // Clients follow a route that is exported as its ServiceEntry is; without an entry the route's own clients are read.
    const entries = textsOf(spec.hosts).flatMap(host => shown.get(`${madeFrom(resource)} ${host}`) ?? []);
    const isShown = entries.every(entry => exportOf(entry) === exportOf(resource));
    const { exportTo: _, ...others } = spec;
    return isShown ? { ...resource, spec: others } : resource;
  }
  if (resource.kind === 'Gateway') {
    // Whose VirtualServices may bind; the names themselves are read.
    const servers = listOf(spec.servers)
      .map(fieldsOf)
      .map(server => ({ ...server, hosts: textsOf(server.hosts).map(host => host.slice(0, host.indexOf('/') + 1)) }));
    return { ...resource, spec: { ...spec, servers } };
  }
  if (resource.kind !== 'AuthorizationPolicy') return resource;
  const rules = listOf(spec.rules).map(fieldsOf);
  return { ...resource, spec: { ...spec, rules: rules.map(rule => ({ ...rule, to: operationsOf(rule) })) } };
}

/** The operations of a rule, each without its hosts where these are the host of the rule's SNI, and marked where it has none. */
function operationsOf(rule: Fields): readonly object[] {
  const asked = listOf(rule.when)
    .map(fieldsOf)
    .filter(({ key }) => key === 'connection.sni')
    .flatMap(({ values }) => textsOf(values))
    .map(sni => (sni.startsWith(`${madeUpLabel}.`) ? `*${sni.slice(madeUpLabel.length)}` : sni));
  return listOf(rule.to)
    .map(fieldsOf)
    .map(entry => {
      const { hosts, ...operation } = fieldsOf(entry.operation);
      const isOwn = textsOf(hosts).every(host => asked.some(name => host === name || host.startsWith(`${name}:`)));
      return {
        ...entry,
        operation: { ...operation, ...(hosts === undefined ? { hosts: 'any' } : !isOwn && { hosts }) },
      };
    });
}

const exportOf = (resource: Resource): string => JSON.stringify([...textsOf(fieldsOf(resource.spec).exportTo)].sort());

type Fields = Readonly<Record<string, unknown>>;

/** A value without what stands at a path. */
function without(value: unknown, [key = '', ...path]: readonly string[]): unknown {
  const name = key.replace('[]', '');
  if (!isObject(value) || !Object.hasOwn(value, name)) return value;
  const { [name]: inner, ...others } = value;
  if (path.length === 0) return others;
  const rest = (each: unknown): unknown => without(each, path);
  return { ...value, [name]: key.endsWith('[]') && Array.isArray(inner) ? inner.map(rest) : rest(inner) };
}

/** A value without what holds nothing, its keys and the entries of its lists in one order; undefined if nothing is left. */
function pruned(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = new Set(value.map(pruned).flatMap(item => (item === undefined ? [] : [JSON.stringify(item)])));
    return items.size > 0 ? [...items].sort() : undefined;
  }
  if (!isObject(value)) return value === null ? undefined : value;
  const entries = Object.entries(value).flatMap(([key, inner]) => {
    const left = pruned(inner);
    return left === undefined ? [] : [[key, left] as const];
  });
  return entries.length > 0 ? Object.fromEntries(entries.sort(([one], [other]) => compare(one, other))) : undefined;
}
