import { networkOf, readAddress } from '../addresses.ts';
import { routedPorts } from '../emitters/sidecar/virtual-services.ts';
import { grouped } from '../grouped.ts';
import { suffixesOf } from '../hosts.ts';
import { qualified } from '../k8s/resource.ts';
import { shared } from '../namespaces.ts';
import type { ExternalService, Host } from '../plan.ts';
import type { Rule } from './rule.ts';

/** A wildcard that takes in another service's host, or a range its address, on a port of both: which one gets the traffic. */
export const oneInsideAnother: Rule = ({ services, report }) => {
  const claims = services.flatMap(service => service.hosts.map(host => ({ service, host })));
  const wildcards = grouped(
    claims.filter(({ host }) => host.kind === 'wildcard'),
    ({ host }) => [host.name.slice(1)],
  );
  const ranges = grouped(
    claims.filter(({ host }) => host.kind === 'range'),
    ({ host }) => [host.address ?? ''],
  );
  const masks = new Set([...ranges.keys()].map(range => Number(range.slice(range.indexOf('/') + 1))));
  for (const inner of claims) {
    const outer = [
      ...(isNamed(inner.host) ? suffixesOf(inner.host.name) : []).flatMap(suffix => wildcards.get(suffix) ?? []),
      ...networks(inner.host, masks).flatMap(range => ranges.get(range) ?? []),
    ];
    for (const claim of outer) {
      if (claim.service === inner.service || !meetOnPort(claim.service, inner.service)) continue;
      const name = inner.host.address ?? inner.host.name;
      if (isTaken(inner, claim)) {
        report.add(
          'WO3030',
          claim.host.origin,
          { inner: name, outer: claim.host.name, service: qualified(inner.service) },
          [{ words: `${name} is claimed at`, where: inner.host.origin }],
        );
        continue;
      }
      report.add(
        'WO3003',
        claim.host.origin,
        {
          inner: name,
          outer: claim.host.address ?? claim.host.name,
          winner: `calls to ${name} go to ExternalService ${qualified(inner.service)}, all others to ${qualified(claim.service)}`,
        },
        [{ words: `${name} is claimed at`, where: inner.host.origin }],
      );
    }
  }
};

/** A VirtualService for a wildcard holds for every host below it that has none of its own (seen in istiod). */
const isTaken = (inner: Claim, { service, host }: Claim): boolean =>
  host.kind === 'wildcard' &&
  routedPorts(inner.service, inner.host).length === 0 &&
  routedPorts(service, host).some(({ client }) =>
    inner.service.ports.some(port => port.client.number === client.number),
  );

const isNamed = ({ kind }: Host): boolean => kind === 'name' || kind === 'wildcard';

interface Claim {
  readonly service: ExternalService;
  readonly host: Host;
}

/** The ranges of the given masks that an address or a range lies in. */
function networks({ address }: Host, masks: ReadonlySet<number>): readonly string[] {
  const read = address === undefined ? undefined : readAddress(address);
  if (read === undefined) return [];
  const width = read.ip.kind() === 'ipv4' ? 32 : 128;
  return [...masks].filter(mask => mask < read.bits && mask <= width).map(mask => networkOf(read.ip, mask).text);
}

const meetOnPort = (one: ExternalService, other: ExternalService): boolean =>
  shared(one.clients, other.clients).length > 0 &&
  one.ports.some(port => other.ports.some(candidate => candidate.client.number === port.client.number));
