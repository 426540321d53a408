import type { IPv4, IPv6 } from 'ipaddr.js';
import { ipaddr } from './on-demand.ts';

/** A single IP, or a range; `text` is its one spelling. */
export interface Address {
  readonly text: string;
  readonly range: boolean;
  readonly bits: number;
  readonly ip: IPv4 | IPv6;
}

/** Reads an IP or a CIDR in any spelling; a range is masked, a full mask is the IP itself; undefined for anything else. */
export function readAddress(text: string): Address | undefined {
  // Most texts are names, which need no reader.
  if (!/^\d|[:/]/.test(text)) return undefined;
  const library = ipaddr();
  // ipaddr.js also takes `10.1` and `0x7f.1`; Istio and Kubernetes do not.
  if (!/[:/]/.test(text))
    return library.IPv4.isValidFourPartDecimal(text) ? single(library.IPv4.parse(text)) : undefined;
  if (!text.includes('/')) return library.isValid(text) ? single(library.process(text)) : undefined;
  if (!library.isValidCIDR(text)) return undefined;
  const [given, mask] = library.parseCIDR(text);
  // `::ffff:10.0.0.0/104` is the IPv4 range 10.0.0.0/8.
  const mapped = given instanceof library.IPv6 && given.isIPv4MappedAddress() && mask >= 96;
  const ip = mapped ? given.toIPv4Address() : given;
  const bits = mapped ? mask - 96 : mask;
  const width = ip.kind() === 'ipv4' ? 32 : 128;
  if (bits === width) return single(ip);
  return networkOf(ip, bits);
}

/** The range of so many bits that an IP lies in; the bits may not be more than it has. */
export function networkOf(ip: IPv4 | IPv6, bits: number): Address {
  const { IPv4, IPv6 } = ipaddr();
  const network = (ip.kind() === 'ipv4' ? IPv4 : IPv6).networkAddressFromCIDR(`${ip}/${bits}`);
  return { text: `${network}/${bits}`, range: true, bits, ip: network };
}

const single = (ip: IPv4 | IPv6): Address => ({
  text: ip.toString(),
  range: false,
  bits: ip.kind() === 'ipv4' ? 32 : 128,
  ip,
});

/** Whether an address is the proxy itself, whose administration listens there. */
export const isLoopback = ({ ip }: Address): boolean => ip.range() === 'loopback';

/** Whether an address stands for every address: `0.0.0.0`, `::`, or a mask of no bits. */
export const isEverything = ({ ip, bits, range }: Address): boolean =>
  (range && bits === 0) || ip.range() === 'unspecified';

/** An address as part of a host name: dots, colons and the slash as dashes, IPv6 in full, since no label may begin or end with a dash. */
export const dashed = ({ ip, bits, range }: Address): string =>
  `${ip.toNormalizedString().replace(/[.:]/g, '-')}${range ? `-${bits}` : ''}`;

/** An address as Kubernetes writes a block: with the number of its bits. */
export const asBlock = ({ ip, bits }: Address): string => `${ip.toString()}/${bits}`;

/** Whether a range, or a single address, holds all of another. */
export const contains = (outer: Address | undefined, inner: Address): boolean =>
  outer !== undefined &&
  outer.ip.kind() === inner.ip.kind() &&
  outer.bits <= inner.bits &&
  // Both are of one kind, which the overloads cannot see.
  (inner.ip as IPv4).match(outer.ip as IPv4, outer.bits);
