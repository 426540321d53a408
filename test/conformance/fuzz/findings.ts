import { type Asked, type AskedPort, askedBy, dialled } from './asked.ts';
import type { World } from '../../worlds.ts';

/** What istiod's analyzers must say of a list: that nobody verifies a server, where the list itself asked for that. */
export const findingsOf = (world: World): readonly string[] =>
  askedBy(world).flatMap(service => service.ports.flatMap(port => unverified(service, port)));

function unverified({ hosts, addresses, name, namespace }: Asked, port: AskedPort): readonly string[] {
  if (port.clientsideTls?.insecureSkipVerify !== true) return [];
  const named = hosts.map(host => `IST0129 ${host} number:${dialled(port)}`);
  return addresses.length === 0 ? named : [`IST0129 .${name}.${namespace}.wayout.internal number:${dialled(port)}`];
}
