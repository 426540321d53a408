import { contains, readAddress } from '../addresses.ts';
import type { Config } from '../config.ts';
import type { Report } from '../diagnostics/report.ts';
import { covers } from '../hosts.ts';
import { qualified } from '../k8s/resource.ts';
import type { ExternalService, Host } from '../plan.ts';
import type { Claim } from '../platform.ts';

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
