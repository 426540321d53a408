import type { ExternalService, Host } from '../plan.ts';
import type { Rule } from './rule.ts';

/**
 * A virtual address without endpoints needs proxies that answer DNS.
 *
 * A record for it in the cluster's DNS would be heard by the proxies too: they would dial the virtual address themselves, where nobody is.
 */
export const virtualAddressAlone: Rule = ({ services, config, report }) => {
  if (config.dnsCapture) return;
  for (const service of services) {
    for (const host of service.hosts.filter(candidate => onlyByAddress(service, candidate))) {
      report.add('WO3025', host.origin, { host: host.name, address: host.address ?? '' });
    }
  }
};

/** Whether clients must dial the virtual address of a host themselves, since its name leads past it. */
export const onlyByAddress = ({ endpoints }: ExternalService, { kind, address }: Host): boolean =>
  kind === 'name' && address !== undefined && endpoints.length === 0;
