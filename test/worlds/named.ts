import ipaddr from 'ipaddr.js';
import type { Resource } from '../../src/k8s/resource.ts';
import type { World } from '../worlds.ts';
import { saidIn } from './rendered.ts';

/** Fields that say where traffic goes, or who may send it. */
const places = new Set([
  'hosts',
  'host',
  'sniHosts',
  'sni',
  'addresses',
  'address',
  'subjectAltNames',
  'principals',
  'namespaces',
  'exportTo',
  'ipBlocks',
  'paths',
  'methods',
  'credentialName',
  'caCertificates',
  'values',
]);
const numbers = new Set(['number', 'port', 'targetPort', 'ports']);

/** Every text and number in a value, each with the nearest key above it that is no index. */
function* leaves(value: unknown, field = ''): Generator<readonly [string, string | number]> {
  if (typeof value === 'string' || typeof value === 'number') yield [field, value];
  else if (Array.isArray(value)) for (const item of value) yield* leaves(item, field);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      yield [field, key];
      yield* leaves(item, typeof item === 'number' && field === 'ports' ? 'ports' : key);
    }
  }
}

/** One spelling for a host, an address or a range, so that texts can be compared. */
function spelled(text: string): string {
  const [ip = '', bits] = text.split('/');
  if (/[:.]/.test(ip) && ipaddr.isValid(ip) && bits === undefined) return ipaddr.process(ip).toString();
  if (/[:.]/.test(ip) && ipaddr.isValidCIDR(text)) {
    const family = ipaddr.parse(ip).kind() === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6;
    return `${family.networkAddressFromCIDR(text)}/${bits}`;
  }
  return text.toLowerCase().replace(/\.$/, '');
}

/** The address in the first label of a made-up host: `10-0-0-1`, `2001-db8-0-0-0-0-0-1`, with the bits of a range behind it. */
function addressIn(label: string): string {
  const parts = label.split('-');
  const width = parts.length < 8 ? 4 : 8;
  const bits = parts[width];
  return spelled(`${parts.slice(0, width).join(width === 4 ? '.' : ':')}${bits === undefined ? '' : `/${bits}`}`);
}

/** What an object says that nothing in the documents of its service, its gateways and EgressConfig named; `any` looks at all but the foreign ones. */
export function unnamed(
  world: World,
  { metadata, ...object }: Resource,
  whose: 'own' | 'any' = 'own',
): readonly string[] {
  const source = metadata.annotations?.['wayout.dev/source'];
  const documents = world.documents
    .filter(({ of }) => (whose === 'any' ? of !== 'foreign' : of === source || of === 'gateways'))
    .map(({ text }) => saidIn(text));
  const said = [...leaves([...documents, saidIn(world.config)])].map(([, value]) => value);
  const texts = new Set(said.filter(value => typeof value === 'string').flatMap(text => [text, spelled(text)]));
  const ports = new Set([...said.filter(value => typeof value === 'number'), 80]);

  const isNamed = (text: string): boolean => {
    if (texts.has(text) || text === '*' || text === '.' || text === 'system') return true;
    const [, host = text] = /^[a-z0-9-]+\/((?:\*\.)?[a-z0-9.-]+)$/.exec(text) ?? [];
    const plain = host.replace(/:(\*|\d+)$/, '');
    if (texts.has(plain)) return true;
    if (plain.startsWith('wayout-wildcard.')) return texts.has(`*${plain.slice('wayout-wildcard'.length)}`);
    if (plain.endsWith('.wayout.internal')) return texts.has(addressIn(plain.slice(0, plain.indexOf('.'))));
    const [name = '', namespace = '', ...rest] = plain.split('.');
    if (rest.join('.') === 'svc.cluster.local') return texts.has(name) && texts.has(namespace);
    const [domain = '', , ns = '', , account = ''] = text.split('/');
    return (
      text === `${domain}/ns/${ns}/sa/${account}` &&
      (domain === 'cluster.local' || texts.has(domain)) &&
      texts.has(ns) &&
      texts.has(account)
    );
  };
  return [...leaves(object.spec)].flatMap(([field, value]) => {
    if (places.has(field) && typeof value === 'string') return isNamed(value) ? [] : [`${field}: ${value}`];
    return numbers.has(field) && /^\d+$/.test(`${value}`) && !ports.has(Number(value)) ? [`${field}: ${value}`] : [];
  });
}
