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

/** Every way out that objects of wayout's open: what Istio makes of them, by host, port and client; and the objects that they are made from. */
export function waysOf(resources: readonly Resource[]): {
  readonly ways: readonly Way[];
  readonly consulted: ReadonlySet<Resource>;
} {
  const objects = objectsOf(resources);
  const ways = objects.serviceEntries.flatMap(entry =>
    textsOf(specOf(entry).hosts).flatMap(host =>
      listOf(specOf(entry).ports).flatMap(port => waysTo({ entry, host, port: fieldsOf(port) }, objects)),
    ),
  );
  const all = [...ways, ...waysOfServers(objects), ...waysOfRoutes(objects)];
  return { ways: all.toSorted(byCall), consulted: objects.consulted };
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
  objects.consult(entry);
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
  // From a gateway a call goes to the host on the port that the client called, or to somebody else.
  const beyond = grouped(
    fromGateways.flatMap(leg => leg.destinations.map(destination => ({ leg, destination }))),
    ({ destination }) => [destination.host === host && destination.port === number ? 'host' : 'other'],
  );
  const passesOn = fromGateways.length === 0 || beyond.has('host');
  const arrives = fromMesh.length === 0 || (passages.length > 0 && passesOn) || leads.has('host');
  const addresses = textsOf(specOf(entry).addresses);
  const way = {
    host: isMadeUp(host) ? (addresses[0] ?? host) : host,
    port: number,
    protocol: textOf(port.protocol) ?? 'TCP',
    addresses: isMadeUp(host) ? [] : addresses,
    gateways: unique(passages.map(passage => gatewayText(passage, fromGateways, objects))),
    endpoints: unique([
      ...(arrives ? endpointsOf(entry, host, port) : []),
      ...[...toGateways, ...(leads.get('host') ?? []), ...(beyond.get('host') ?? [])].flatMap(({ leg, destination }) =>
        narrowedText(host, number, destination, leg),
      ),
      ...[...(leads.get('other') ?? []), ...(beyond.get('other') ?? [])].map(({ leg, destination }) =>
        routedText(destination, leg, objects),
      ),
      ...[...fromMesh, ...fromGateways].flatMap(leg => leg.copies),
    ]),
  };
  if (passages.length > 0)
    return [
      ...through(called, way, { last: fromGateways, legs }, objects),
      ...openServers(passages, fromGateways, objects).map((service): Way => bySni(service, called, way, objects)),
    ];
  return arrives ? directly(called, way, objects) : untold(seenBy(entry, []), way);
}

/** The gateway's Service; where it lets TLS pass, all that it knows of a caller is the SNI. */
const gatewayText = (destination: Destination, legs: readonly Leg[], objects: Objects): string =>
  passingThrough(destination, legs, objects).length > 0
    ? `${serviceText(destination)} by SNI alone`
    : serviceText(destination);

/** The Gateways on the way of a passage that let TLS pass. */
function passingThrough({ port }: Destination, legs: readonly Leg[], objects: Objects): readonly Resource[] {
  const isPassing = (server: Readonly<Record<string, unknown>>): boolean =>
    fieldsOf(server.tls).mode === 'PASSTHROUGH' && numberOf(fieldsOf(server.port).number) === port;
  return legs
    .filter(leg => leg.port === port)
    .flatMap(leg => leg.from)
    .flatMap(reference => objects.gateway(reference) ?? [])
    .filter(gateway => listOf(specOf(gateway).servers).map(fieldsOf).some(isPassing));
}

/** The Services of gateways that let TLS pass and that no NetworkPolicy closes: any pod can dial them, whatever is exported to it. */
const openServers = (passages: readonly Destination[], legs: readonly Leg[], objects: Objects): readonly string[] =>
  unique(
    passages
      .filter(passage => passingThrough(passage, legs, objects).some(gateway => !objects.isClosed(gateway)))
      .map(serviceText),
  );

/** The way of a pod that dials a gateway itself and asks for a host by SNI: neither `exportTo` nor REGISTRY_ONLY stops it. */
const bySni = (service: string, { entry, host }: Called, way: Common, objects: Objects): Way => ({
  ...way,
  client: `any pod that connects to ${service}`,
  gateways: [`${service} by SNI alone`],
  verification: verificationOf(objects.destinationRules(namespaceOf(entry), host, 'sidecar'), way.port, way.protocol),
  access: [anything],
});

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
