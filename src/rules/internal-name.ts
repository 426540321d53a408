import { isPrivateName } from '../hosts.ts';
import type { ExternalService, Host } from '../plan.ts';
import type { Rule } from './rule.ts';
import { onlyByAddress } from './virtual-address-alone.ts';

/** A host that only the cluster can resolve, and TLS that asks for such a name. */
export const internalName: Rule = ({ services, config, report }) => {
  for (const service of services) {
    for (const host of service.hosts.filter(candidate => isInternal(service, candidate))) {
      if (!config.dnsCapture && !onlyByAddress(service, host))
        report.add('WO3007', host.origin, { host: host.name, record: record(service, host) });
      const tls = service.ports.flatMap(({ origination }) => origination ?? []);
      const asking = tls.find(({ mode, sni }) => mode !== 'ISTIO_MUTUAL' && sni === undefined);
      if (asking !== undefined) report.add('WO3012', asking.origin, { host: host.name });
    }
  }
};

/** An alias in front of endpoints with other names is as unknown outside as a private suffix. */
const isInternal = ({ endpoints }: ExternalService, { kind, name }: Host): boolean =>
  kind === 'name' &&
  (isPrivateName(name) || endpoints.some(endpoint => endpoint.kind === 'name' && endpoint.address !== name));

/** What the cluster's DNS must say. Proxies ask it too, and go where it says unless the service has endpoints. */
function record({ endpoints }: ExternalService, { name, address }: Host): string {
  if (endpoints.length === 0)
    return `the cluster's DNS needs a record with the true address of "${name}", which the proxies resolve too`;
  return address === undefined
    ? `the cluster's DNS needs a record such as "${name}. IN A 240.240.0.1" (any address: the proxies go by the name), or set dnsCapture: true`
    : `the cluster's DNS needs the record "${name}. IN A ${address}"`;
}
