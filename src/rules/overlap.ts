import type { Config } from '../config.ts';
import type { Report, Where } from '../diagnostics/report.ts';
import { qualified } from '../k8s/resource.ts';
import { shared } from '../namespaces.ts';
import { type ExternalService, gatewaysOf, type Host, visibleTo } from '../plan.ts';

/** A host or an address, and the service that has it. */
interface Claim {
  readonly service: ExternalService;
  readonly origin: Where;
}

/**
 * The services that do not take another's host or address; the others are errors, or left out where `overlap: skip`.
 *
 * An address clashes where a client sees both; a host also where both pass one gateway, since Istio keeps one of them.
 */
export function withoutOverlaps(
  services: readonly ExternalService[],
  { overlap }: Config,
  report: Report,
): readonly ExternalService[] {
  const hosts = new Map<string, Claim[]>();
  const addresses = new Map<string, Claim[]>();
  const severity = overlap === 'skip' ? 'warning' : 'error';
  return services.filter(service => {
    let kept = true;
    for (const host of service.hosts) {
      const claim = { service, origin: host.origin };
      const clash = clashing(claim, addresses.get(host.address ?? '') ?? [], clientsShared);
      const hostClash = clashing(claim, named(host, hosts), clientsOrGatewayShared);
      if (clash !== undefined) {
        report.addAs(
          severity,
          'WO3001',
          host.origin,
          { address: host.address ?? '', clients: clash.common },
          firstAt(clash.first),
        );
      } else if (hostClash !== undefined) {
        report.addAs(
          severity,
          'WO3002',
          host.origin,
          { host: host.name, clients: hostClash.common },
          firstAt(hostClash.first),
        );
      }
      kept &&= clash === undefined && hostClash === undefined;
    }
    if (kept || overlap === 'error') for (const host of service.hosts) claimHost(host, service, hosts, addresses);
    return kept || overlap === 'error';
  });
}

/** A made-up host is nobody's claim: its address is. */
const named = ({ kind, name }: Host, hosts: ReadonlyMap<string, Claim[]>): readonly Claim[] =>
  kind === 'name' || kind === 'wildcard' ? (hosts.get(name) ?? []) : [];

function claimHost(
  host: Host,
  service: ExternalService,
  hosts: Map<string, Claim[]>,
  addresses: Map<string, Claim[]>,
): void {
  const add = (claims: Map<string, Claim[]>, key: string) => {
    const list = claims.get(key) ?? [];
    list.push({ service, origin: host.origin });
    claims.set(key, list);
  };
  add(hosts, host.name);
  if (host.address !== undefined) add(addresses, host.address);
}

type Common = (one: ExternalService, other: ExternalService) => string | undefined;

function clashing(
  { service }: Claim,
  claims: readonly Claim[],
  common: Common,
): { first: Claim; common: string } | undefined {
  for (const first of claims) {
    const found = common(first.service, service);
    if (found !== undefined) return { first, common: found };
  }
  return undefined;
}

const clientsShared: Common = (one, other) => {
  const namespaces = shared(one.clients, other.clients);
  return namespaces.length === 0
    ? undefined
    : namespaces.includes('*')
      ? 'all namespaces'
      : `clients in ${namespaces.join(', ')}`;
};

const clientsOrGatewayShared: Common = (one, other) => {
  const gateways = gatewaysOf(other).map(({ service }) => qualified(service));
  const gateway = gatewaysOf(one).find(({ service }) => gateways.includes(qualified(service)));
  if (gateway !== undefined) return clientsShared(one, other) ?? `gateway ${qualified(gateway)}`;
  // A gateway's pods are clients too, of what its namespace sees: they would follow the other service.
  const namespaces = shared(visibleTo(one), visibleTo(other));
  return clientsShared(one, other) ?? (namespaces.length === 0 ? undefined : `the gateway in ${namespaces.join(', ')}`);
};

const firstAt = ({ origin }: Claim) => [{ words: 'first claimed at', where: origin }];
