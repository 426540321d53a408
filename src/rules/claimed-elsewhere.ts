import { contains, readAddress } from '../addresses.ts';
import type { Config } from '../config.ts';
import type { Report } from '../diagnostics/report.ts';
import { covers } from '../hosts.ts';
import { qualified } from '../k8s/resource.ts';
import type { ExternalService, Host } from '../plan.ts';
import type { Claim } from '../platform.ts';
import type { RouteTable } from '../routing.ts';

/**
 * The services that take no host or address which the platform knows as another repository's; the others are errors,
 * or left out where `overlap: skip`. Nobody here knows who calls that one, so every client may be a common one.
 */
export function withoutClaimed(
  services: readonly ExternalService[],
  claims: readonly Claim[],
  { overlap }: Config,
  report: Report,
): readonly ExternalService[] {
  if (claims.length === 0) return services;
  const severity = overlap === 'skip' ? 'warning' : 'error';
  return services.filter(service => {
    const others = claims.filter(({ by }) => by !== service.namespace && by !== qualified(service));
    const taken = service.hosts.flatMap(host =>
      others.filter(claim => isSame(claim, host)).map(claim => ({ host, claim })),
    );
    for (const { host, claim } of taken) {
      const where = [{ words: 'claimed at', where: claim.origin }];
      report.addAs(severity, 'WO1424', host.origin, { value: claim.value, by: claim.by }, where);
    }
    reportNested(service, others, report);
    return taken.length === 0 || overlap === 'error';
  });
}

/** Reports the hosts of tables on the mesh that another repository has: its calls would follow the table, past its gateway. */
export function reportClaimedTables(tables: readonly RouteTable[], claims: readonly Claim[], report: Report): void {
  for (const { mesh, hosts, namespace } of tables) {
    if (mesh === undefined) continue;
    const others = claims.filter(({ kind, by }) => kind === 'host' && by.split('/')[0] !== namespace);
    // A host that a service here has too was judged with it.
    for (const { name, origin } of hosts.filter(({ service }) => service === undefined))
      for (const { value, by, origin: claimed } of others)
        if (name === value || covers(name, value) || covers(value, name))
          report.add('WO2431', origin, { host: name, value, by }, [{ words: 'claimed at', where: claimed }]);
  }
}

const isSame = ({ kind, value }: Claim, host: Host): boolean =>
  kind === 'address' ? host.address === value : isNamed(host) && host.name === value;

/** A made-up host is nobody's claim: its address is. */
const isNamed = ({ kind }: Host): boolean => kind === 'name' || kind === 'wildcard';

function reportNested(service: ExternalService, claims: readonly Claim[], report: Report): void {
  for (const host of service.hosts) {
    for (const { kind, value, by, origin } of claims) {
      const own = kind === 'address' ? host.address : isNamed(host) ? host.name : undefined;
      if (own === undefined || own === value) continue;
      const holds = kind === 'address' ? rangeHolds : covers;
      if (!holds(own, value) && !holds(value, own)) continue;
      const [outer, inner] = holds(own, value) ? [own, value] : [value, own];
      report.add('WO1425', host.origin, { outer, inner, own, by }, [{ words: 'claimed at', where: origin }]);
    }
  }
}

const rangeHolds = (outer: string, inner: string): boolean => {
  const address = readAddress(inner);
  return address !== undefined && contains(readAddress(outer), address);
};
