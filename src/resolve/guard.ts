import { asBlock, contains, readAddress } from '../addresses.ts';
import type { Config } from '../config.ts';
import type { Report } from '../diagnostics/report.ts';
import { type Guard, heldClients, type Opening, tcp } from '../guard.ts';
import { type GuardSettings, settingsOf } from '../guard-config.ts';
import { qualified } from '../k8s/resource.ts';
import type { Layer } from '../options.ts';
import { passagesOf } from '../passages.ts';
import type { ExternalService, Listener, Port } from '../plan.ts';
import type { Witnesses } from '../witnesses.ts';
import { heldBy, reportHeld } from './held.ts';
import { type End, endsOf, podsBehind } from './network-ends.ts';
import { standing } from './standing-openings.ts';

/** What the guard of EgressConfig comes to for these services; what the network cannot hold is reported. Undefined: no guard is asked for. */
export function guardOf(
  services: readonly ExternalService[],
  config: Config,
  layers: readonly Layer[],
  witnesses: Witnesses,
  report: Report,
): Guard | undefined {
  if (config.guard === undefined) return undefined;
  const settings = settingsOf(config.guard);
  const scene: Scene = { settings, held: heldBy(services, config), witnesses, report };
  reportPorts(services, report);
  const guard: Guard = {
    held: scene.held,
    ...standing(settings),
    destinations: new Map(
      services.flatMap(service => service.ports.map(port => [port, destinations(service, port, scene)] as const)),
    ),
  };
  reportHeld(services, guard, layers, report);
  return guard;
}

interface Scene {
  readonly settings: GuardSettings;
  readonly held: ReadonlySet<string>;
  readonly witnesses: Witnesses;
  readonly report: Report;
}

function reportPorts(services: readonly ExternalService[], report: Report): void {
  const said = new Set<Listener>();
  for (const { listener, gateway } of services.flatMap(passagesOf)) {
    if (listener.podPort !== undefined || said.has(listener)) continue;
    said.add(listener);
    report.add('WO2604', listener.origin, { gateway: qualified(gateway), port: listener.number });
  }
}

/** Where the traffic of a port may go on the network; a direct one matters only to clients that are held. */
function destinations(service: ExternalService, port: Port, scene: Scene): readonly Opening[] {
  const isDirect = port.routes.length === 0;
  const clients = isDirect ? heldClients(service, scene) : [];
  if (isDirect && clients.length === 0) return [];
  return endsOf(service, port).flatMap((end): readonly Opening[] => {
    if (end.kind === 'block') return atAddress(end, scene);
    const inside = podsBehind(end, scene.witnesses);
    if (inside !== undefined) {
      if (!inside.known) scene.report.add('WO2608', end.origin, { host: end.address });
      // An opening without ports is one for all of them.
      else if (inside.opening.ports.length === 0)
        scene.report.add('WO2625', end.origin, { host: end.address, port: end.port });
      return [inside.opening];
    }
    if (!isDirect) return outside(end, port, scene);
    scene.report.add('WO2605', end.origin, { host: end.address, port: port.name, namespaces: clients.join(', ') });
    return [];
  });
}

/** What an address says, but for ranges of the cluster and of a cloud's answers that lie in it: whoever asks for a wider range hardly means these. */
function atAddress({ origin, address: text, port }: End, { settings, report }: Scene): readonly Opening[] {
  const address = readAddress(text);
  if (address === undefined) return [];
  const holds = (range: string) => contains(readAddress(range), address);
  const inCluster = settings.clusterRanges.find(holds);
  if (inCluster !== undefined) report.add('WO2609', origin, { address: text, range: inCluster });
  const answering = settings.metadataAddresses.find(holds);
  if (answering !== undefined) report.add('WO2624', origin, { address: text, range: answering });
  const except = [...settings.clusterRanges, ...settings.metadataAddresses]
    .flatMap(range => readAddress(range) ?? [])
    .filter(range => contains(address, range) && !contains(range, address))
    .map(asBlock);
  if (except.length > 0) report.add('WO2623', origin, { range: text, inside: except.join(', ') });
  const peer = { cidr: asBlock(address), ...(except.length > 0 && { except: [...new Set(except)] }) };
  return [{ peers: [peer], ports: tcp(port === undefined ? [] : [port]) }];
}

/** A name may lead anywhere outside: to everything, but for the cluster itself and what answers machines of a cloud. */
function outside({ origin, address, port }: End, of: Port, { settings, report }: Scene): readonly Opening[] {
  if (settings.clusterRanges.length === 0) {
    report.add('WO2606', origin, { host: address, port: of.name });
    return [];
  }
  const kept = [...settings.clusterRanges, ...settings.metadataAddresses, ...settings.dns.addresses].flatMap(
    text => readAddress(text) ?? [],
  );
  const families = new Set(settings.clusterRanges.map(text => readAddress(text)?.ip.kind()));
  const peers = (['ipv4', 'ipv6'] as const)
    // Of a family without a range nothing is known to keep out.
    .filter(family => families.has(family))
    .map(family => ({
      cidr: family === 'ipv4' ? '0.0.0.0/0' : '::/0',
      except: [...new Set(kept.filter(({ ip }) => ip.kind() === family).map(asBlock))],
    }));
  return [{ peers, ports: tcp(port === undefined ? [] : [port]) }];
}
