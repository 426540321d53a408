import type { World } from '../../worlds.ts';
import { type Asked, type AskedPort, dialled } from './asked.ts';
import { askedBy, settingsOf } from './reading.ts';

/** What istiod's analyzers must say of a list, and all that they may. */
export function findingsOf(world: World): readonly string[] {
  const services = askedBy(world);
  const { virtualAddresses } = settingsOf(world);
  const waits = ({ hosts, ports }: Asked) =>
    ports.some(({ protocol }) => protocol === 'TCP') && hosts.some(host => !(host in virtualAddresses));
  // Where proxies answer DNS istiod allocates the addresses; its analyzer, which asks for TCP alone, does not know that.
  const allocated = services.some(waits) ? ['IST0134'] : [];
  return [...allocated, ...services.flatMap(service => service.ports.flatMap(port => unverified(service, port)))];
}

/** Nobody verifies a server where the list itself asked for that. */
function unverified({ hosts, addresses, name, namespace }: Asked, port: AskedPort): readonly string[] {
  if (port.clientsideTls?.insecureSkipVerify !== true) return [];
  const named = hosts.map(host => `IST0129 ${host} number:${dialled(port)}`);
  return addresses.length === 0 ? named : [`IST0129 .${name}.${namespace}.wayout.internal number:${dialled(port)}`];
}
