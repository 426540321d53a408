import { type Asked, type AskedPort, isOpaque, type Settings } from './asked.ts';

/** One way to call a service: the name or address that the client says, and the host of the list that means it. */
export interface Target {
  readonly kind: 'name' | 'wildcard' | 'address' | 'range';
  readonly host: string;
  /** What the client writes into its URL. */
  readonly said: string;
  /** The address that the client dials, where DNS does not say it. */
  readonly to?: string;
}

/** A target as it stands in a URL. */
export const said = ({ said: text }: Target): string => (text.includes(':') ? `[${text}]` : text);

/** The names and addresses under which a client may call a service. */
export function targetsOf(
  { hosts, addresses, endpoints }: Asked,
  port: AskedPort,
  { dnsCapture }: Settings,
): readonly Target[] {
  const named = hosts.map((host): Target => {
    if (!host.startsWith('*.'))
      return {
        kind: 'name',
        host,
        said: host,
        ...(host.endsWith('.local') && !dnsCapture && !isOpaque(port) && { to: '198.51.100.7' }),
      };
    return {
      kind: 'wildcard',
      host,
      said: `any${host.slice(1)}`,
      ...(endpoints.length === 0 && { to: '198.51.100.7' }),
    };
  });
  // The world's pods have IPv4 alone.
  const addressed = addresses
    .filter(address => !address.includes(':'))
    .map(
      (address): Target => ({
        kind: address.includes('/') ? 'range' : 'address',
        host: address,
        said: address.replace(/\.7\.9\/16$/, '.200.1'),
      }),
    );
  return [...named, ...addressed];
}
