import { grouped } from '../grouped.ts';
import { isMadeUp } from '../hosts.ts';
import type { Resource } from '../k8s/resource.ts';
import { compare } from '../order.ts';
import { fieldsOf, listOf, textsOf } from '../rules/foreign.ts';
import { admissionsOf, anything } from './access.ts';
import { endpointsOf } from './endpoints.ts';
import { type Destination, type Leg, legsOf } from './legs.ts';
import { madeFrom, namespaceOf, numberOf, type Objects, objectsOf, seenBy, specOf, textOf } from './objects.ts';
import { leadOf, narrowedText, routedText, serviceText, waysOfRoutes } from './routes.ts';
import { waysOfServers } from './servers.ts';
import { verificationOf } from './verification.ts';
import { elsewhere, type Grant, type Way } from './way.ts';

/** Every way out that objects of wayout's open: what Istio makes of them, by host, port and client. */
export function waysOf(resources: readonly Resource[]): readonly Way[] {
  const objects = objectsOf(resources);
  const ways = objects.serviceEntries.flatMap(entry =>
    textsOf(specOf(entry).hosts).flatMap(host =>
      listOf(specOf(entry).ports).flatMap(port => waysTo({ entry, host, port: fieldsOf(port) }, objects)),
    ),
  );
  return [...ways, ...waysOfServers(objects), ...waysOfRoutes(objects)].toSorted(byCall);
}

const byCall = (one: Way, other: Way): number =>
  compare(one.host, other.host) || one.port - other.port || compare(one.client, other.client);

/** A host and a port that a ServiceEntry declares. */
interface Called {
  readonly entry: Resource;
  readonly host: string;
  readonly port: Readonly<Record<string, unknown>>;
}

function waysTo(called: Called, objects: Objects): readonly Way[] {
  const { entry, host, port } = called;
  const number = numberOf(port.number);
  const legs = legsOf(objects.virtualServices(madeFrom(entry), host));
  const fromMesh = legs.filter(leg => leg.from.includes('mesh') && (leg.port ?? number) === number);
  const route = { host, source: madeFrom(entry), legs };
  const leads = grouped(
    fromMesh.flatMap(leg => leg.destinations.map(destination => ({ leg, destination }))),
    ({ destination }) => [leadOf(destination, route, objects)],
  );
  const toGateways = leads.get('gateway') ?? [];
  const passages = toGateways.map(({ destination }) => destination);
  const fromGateways = legs.filter(
    leg => !leg.from.includes('mesh') && passages.some(passage => leg.port === passage.port),
  );
  const beyond = fromGateways.flatMap(leg => leg.destinations.map(destination => ({ leg, destination })));
  const arrives = fromMesh.length === 0 || passages.length > 0 || leads.has('host');
  const addresses = textsOf(specOf(entry).addresses);
  const way = {
    host: isMadeUp(host) ? (addresses[0] ?? host) : host,
    port: number,
    protocol: textOf(port.protocol) ?? 'TCP',
    addresses: isMadeUp(host) ? [] : addresses,
    gateways: unique(passages.map(passage => gatewayText(passage, fromGateways, objects))),
    endpoints: unique([
      ...(arrives ? endpointsOf(entry, host, port) : []),
      ...[...toGateways, ...(leads.get('host') ?? []), ...beyond].flatMap(({ leg, destination }) =>
        narrowedText(host, number, destination, leg),
      ),
      ...(leads.get('other') ?? []).map(({ leg, destination }) => routedText(destination, leg, objects)),
      ...[...fromMesh, ...fromGateways].flatMap(leg => leg.copies),
    ]),
  };
  if (passages.length > 0) return through(called, way, { last: fromGateways, legs }, objects);
  return arrives ? directly(called, way, objects) : untold(seenBy(entry, []), way);
}

/** The gateway's Service; where it lets TLS pass, all that it knows of a caller is the SNI. */
function gatewayText(destination: Destination, legs: readonly Leg[], objects: Objects): string {
  const { port } = destination;
  const references = legs.filter(leg => leg.port === port).flatMap(leg => leg.from);
  const servers = references.flatMap(reference => {
    const gateway = objects.gateway(reference);
    return gateway === undefined ? [] : listOf(specOf(gateway).servers).map(fieldsOf);
  });
  const passes = servers.some(
    server => fieldsOf(server.tls).mode === 'PASSTHROUGH' && numberOf(fieldsOf(server.port).number) === port,
  );
  return passes ? `${serviceText(destination)} by SNI alone` : serviceText(destination);
}

/** Ways of which the objects at hand say neither who verifies the server nor what is let through. */
const untold = (clients: readonly string[], way: Common): readonly Way[] =>
  clients.map(client => ({ client, ...way, verification: elsewhere, access: 'elsewhere' }));

const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts)];

/** What does not depend on the client. */
type Common = Omit<Way, 'client' | 'verification' | 'access'>;

function directly({ entry, host }: Called, way: Common, objects: Objects): readonly Way[] {
  const rules = objects.destinationRules(namespaceOf(entry), host, 'sidecar');
  const verification = verificationOf(rules, way.port, way.protocol);
  return seenBy(entry, []).map(client => ({ client, ...way, verification, access: [anything] }));
}

function through(
  { entry, host }: Called,
  way: Common,
  { last, legs }: { readonly last: readonly Leg[]; readonly legs: readonly Leg[] },
  objects: Objects,
): readonly Way[] {
  const namespaces = [...new Set(last.flatMap(leg => leg.from.map(placeOf)))];
  const visible = seenBy(entry, namespaces);
  const held = namespaces.map(namespace => objects.policies(madeFrom(entry), namespace));
  if (held.some(policies => policies.length === 0) || held.length === 0) {
    return untold(visible, way);
  }
  const verification =
    namespaces
      .map(namespace => objects.destinationRules(namespace, host, 'gateway'))
      .map(rules => verificationOf(rules, way.port, way.protocol))[0] ?? elsewhere;
  const grants = new Map<string, Grant[]>();
  const admissions = last.flatMap(leg => admissionsAt(leg, host, legs, madeFrom(entry), objects));
  for (const { client, grant } of admissions) {
    for (const each of client === 'everyone' ? visible : [client]) {
      const known = grants.get(each) ?? [];
      if (!known.some(other => JSON.stringify(other) === JSON.stringify(grant))) known.push(grant);
      grants.set(each, known);
    }
  }
  return Array.from(grants, ([client, access]) => ({ client, ...way, verification, access }));
}

function admissionsAt(leg: Leg, host: string, legs: readonly Leg[], source: string, objects: Objects) {
  const reference = leg.from[0] ?? '';
  const listeners = [...new Set(legs.filter(other => other.from.includes(reference)).map(({ port }) => port))];
  const policies = objects.policies(source, placeOf(reference)).filter(isFor(reference, objects));
  return admissionsOf(policies, host, { index: listeners.indexOf(leg.port), count: listeners.length });
}

/** A source has a policy for each gateway; where two lie in one namespace, labels tell which is whose. */
const isFor = (reference: string, objects: Objects) => (policy: Resource) => {
  const gateway = objects.gateway(reference);
  const labels = fieldsOf(specOf(policy).selector).matchLabels;
  return gateway === undefined || JSON.stringify(specOf(gateway).selector) === JSON.stringify(labels);
};

/** The namespace of a reference to a Gateway. */
const placeOf = (reference: string): string => reference.slice(0, reference.indexOf('/'));
