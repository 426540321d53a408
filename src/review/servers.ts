import type { Resource } from '../k8s/resource.ts';
import { fieldsOf, listOf, textsOf } from '../rules/foreign.ts';
import { admissionsOf, type Place } from './access.ts';
import { madeFrom, namespaceOf, numberOf, type Objects, specOf, textOf } from './objects.ts';
import { verificationOf } from './verification.ts';
import { elsewhere, hostPort, type Way } from './way.ts';

/**
 * The ways that a gateway's part shows by itself, where another Application renders what clients see.
 *
 * Nothing there says which port clients call and where calls end: the listener's port stands for the first.
 */
export function waysOfServers(objects: Objects): readonly Way[] {
  const seen = new Set(objects.serviceEntries.map(madeFrom));
  return objects.gateways.filter(gateway => !seen.has(madeFrom(gateway))).flatMap(gateway => waysAt(gateway, objects));
}

function waysAt(gateway: Resource, objects: Objects): readonly Way[] {
  objects.consult(gateway);
  const namespace = namespaceOf(gateway);
  const servers = listOf(specOf(gateway).servers).map(fieldsOf);
  const called = servers.flatMap(({ hosts, port, tls }) =>
    textsOf(hosts).map(text => ({
      host: text.slice(text.indexOf('/') + 1),
      port: numberOf(fieldsOf(port).number),
      protocol: textOf(fieldsOf(port).protocol) ?? 'TLS',
      passes: fieldsOf(tls).mode === 'PASSTHROUGH',
    })),
  );
  return called.flatMap(({ host, port, protocol, passes }) => {
    const listeners = [...new Set(called.filter(other => other.host === host).map(other => other.port))];
    const place = { index: listeners.indexOf(port), count: listeners.length };
    const admissions = admissionsOf(objects.policies(madeFrom(gateway), namespace), host, place);
    const way = {
      host,
      port,
      protocol,
      addresses: [],
      gateways: [`${hostPort(`${namespace}/${gateway.metadata.name}`, port)}${passes ? ' by SNI alone' : ''}`],
      endpoints: [],
      verification: verificationAt(objects.destinationRules(namespace, host, 'gateway'), protocol, place),
    };
    const clients = [...new Set(admissions.map(({ client }) => client))];
    return clients.map(client => ({
      client: client === 'everyone' ? '*' : client,
      ...way,
      access: admissions.filter(admission => admission.client === client).map(({ grant }) => grant),
    }));
  });
}

/** DestinationRules name the client's port; where each listener has one, both stand in the same order. */
function verificationAt(rules: readonly Resource[], protocol: string, { index, count }: Place) {
  const settings = rules.flatMap(rule => listOf(fieldsOf(specOf(rule).trafficPolicy).portLevelSettings).map(fieldsOf));
  const ports = settings.map(({ port }) => numberOf(fieldsOf(port).number));
  // A server of HTTPS reads the requests that the hop's TLS brought.
  const inside = protocol === 'HTTPS' ? 'HTTP' : protocol;
  if (ports.length === 0) return verificationOf([], 0, inside);
  return ports.length === count ? verificationOf(rules, ports[index] ?? 0, inside) : elsewhere;
}
