import { type Address, dashed, isEverything, isLoopback, readAddress } from '../addresses.ts';
import type { Source } from '../diagnostics/report.ts';
import { at, type Draft, namespaceOf } from '../draft.ts';
import { canonicalHost, hostForm, isLocalhost, isMadeUp, madeUpSuffix } from '../hosts.ts';
import type { Host } from '../plan.ts';

interface Names {
  readonly hosts?: readonly string[];
  readonly addresses?: readonly string[];
}

/** The names and addresses that a service answers to; what is none of these is reported. */
export function readHosts(
  source: Source,
  { hosts = [], addresses = [] }: Names,
  withEndpoints: boolean,
  draft: Draft,
): Host[] {
  const { report } = draft;
  if (hosts.length === 0 && addresses.length === 0) report.add('WO2001', at(source, 'spec'), {});
  if (hosts.length > 0 && addresses.length > 0) {
    report.add('WO2002', at(source, 'spec', 'addresses'), {}, [
      { words: 'hosts stand at', where: at(source, 'spec', 'hosts') },
    ]);
    return [];
  }
  const named = hosts.flatMap((host, index) => readHost(source, host, index, draft) ?? []);
  const addressed = addresses.flatMap(
    (address, index) => readAddressHost(source, address, index, withEndpoints, draft) ?? [],
  );
  return withoutTwins([...named, ...addressed], draft);
}

function readHost(source: Source, text: string, index: number, draft: Draft): Host | undefined {
  const origin = at(source, 'spec', 'hosts', index);
  const name = canonicalHost(text);
  const form = hostForm(name);
  if (form === 'invalid') draft.report.add('WO2003', origin, { host: text });
  if (form === 'address') draft.report.add('WO2004', origin, { host: text });
  if (form !== 'name' && form !== 'wildcard') return undefined;
  if (isLocalhost(name)) {
    draft.report.add('WO2036', origin, { address: text });
    return undefined;
  }
  if (isMadeUp(name)) {
    draft.report.add('WO2008', origin, { host: text });
    return undefined;
  }
  const address = virtualAddress(name, draft);
  return { origin, name, kind: form, ...(address !== undefined && { address }) };
}

/** The address that EgressConfig gives to a host. */
function virtualAddress(host: string, { virtualAddresses }: Draft): string | undefined {
  const text = virtualAddresses.get(host);
  const address = text === undefined ? undefined : readAddress(text);
  return address === undefined || address.range ? undefined : address.text;
}

function readAddressHost(
  source: Source,
  text: string,
  index: number,
  withEndpoints: boolean,
  { report }: Draft,
): Host | undefined {
  const origin = at(source, 'spec', 'addresses', index);
  const address = readAddress(text);
  if (address === undefined) {
    report.add('WO2005', origin, { address: text });
    return undefined;
  }
  if (isEverything(address)) {
    report.add('WO2006', origin, { address: text });
    return undefined;
  }
  if (isLoopback(address)) {
    report.add('WO2036', origin, { address: text });
    return undefined;
  }
  if (address.range && withEndpoints) {
    report.add('WO2026', origin, { address: text });
    return undefined;
  }
  return {
    origin,
    name: madeUpHost(source, address),
    kind: address.range ? 'range' : 'address',
    address: address.text,
  };
}

/** Istio wants a host for each address: one that says where it comes from. */
const madeUpHost = (source: Source, address: Address): string =>
  `${dashed(address)}.${source.resource.metadata.name}.${namespaceOf(source)}${madeUpSuffix}`;

/** Drops what stands twice, and reports it. */
function withoutTwins(hosts: readonly Host[], draft: Draft): Host[] {
  const kept = new Map<string, Host>();
  const addresses = new Map<string, Host>();
  for (const host of hosts) {
    const twin = kept.get(host.name) ?? addresses.get(host.address ?? '');
    if (twin === undefined) {
      kept.set(host.name, host);
      if (host.address !== undefined) addresses.set(host.address, host);
    } else {
      // What EgressConfig says of the one that was dropped is not unused.
      draft.incomplete = true;
      draft.report.add('WO2007', host.origin, { value: host.address ?? host.name }, [
        { words: 'first named at', where: twin.origin },
      ]);
    }
  }
  return [...kept.values()];
}
