import ipaddr from 'ipaddr.js';
import { type Invariant, key, type Made, made, type Output, type ServiceEntry, twice } from './output.ts';

const each = (
  name: string,
  breaks: (entry: ServiceEntry, object: Made<ServiceEntry>, output: Output) => unknown,
): Invariant => ({
  name,
  problems: output =>
    made(output, 'ServiceEntry')
      .filter(object => Boolean(breaks(object.spec, object, output)))
      .map(({ text, spec }) => `${text}: ${key(spec)}`),
});

const isName = (text: string) =>
  /^(?!.*\.\d+$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/.test(text);
const isPort = (port: unknown) => Number.isInteger(port) && Number(port) >= 1 && Number(port) <= 65535;

/** The ports that the input declares, which are all that may be declared in its name. */
const declared = ({ inputs }: Output, source: string): number | undefined => {
  const input = inputs.find(({ kind, metadata }) => `${kind}/${metadata.namespace}/${metadata.name}` === source);
  const spec = input?.spec;
  return typeof spec === 'object' && spec !== null && 'ports' in spec && Array.isArray(spec.ports)
    ? spec.ports.length
    : undefined;
};

/** §1.2 and §1.3; §2.0 invariant 9; §8 checks 8, 9, 10, 22 and 23. */
export const serviceEntries: readonly Invariant[] = [
  each(
    'hosts are DNS names or wildcards of whole labels',
    ({ hosts }) => hosts.length === 0 || hosts.some(host => !isName(host.replace(/^\*\./, ''))),
  ),
  each('addresses are in ipaddr.js\u2019 one spelling, and never every address', ({ addresses = [] }) =>
    addresses.some(text => {
      const [ip = '', bits] = text.split('/');
      return (
        !ipaddr.isValid(ip) ||
        ipaddr.process(ip).toString() !== ip ||
        ipaddr.process(ip).range() === 'unspecified' ||
        bits === '0'
      );
    }),
  ),
  each(
    'a range has resolution NONE, and carries TCP alone',
    ({ addresses = [], resolution, ports }) =>
      addresses.some(address => address.includes('/')) &&
      (resolution !== 'NONE' || ports.some(({ protocol }) => protocol !== 'TCP')),
  ),
  each(
    'NONE has no endpoints, and with TCP only a range',
    ({ resolution, endpoints = [], ports, addresses = [] }) =>
      resolution === 'NONE' &&
      (endpoints.length > 0 || (addresses.length === 0 && ports.some(({ protocol }) => /TCP|MONGO/.test(protocol)))),
  ),
  each(
    'STATIC has endpoints, each an IP or a unix socket',
    ({ resolution, endpoints = [] }) =>
      resolution === 'STATIC' &&
      (endpoints.length === 0 ||
        endpoints.some(({ address }) => !ipaddr.isValid(address) && !/^unix:\/\/[/@]/.test(address))),
  ),
  each(
    'DNS has endpoints that are IPs or DNS names, or plain hosts',
    ({ resolution, endpoints = [], hosts }) =>
      resolution === 'DNS' &&
      (endpoints.some(({ address }) => !ipaddr.isValid(address) && !isName(address)) ||
        (endpoints.length === 0 && hosts.some(host => host.startsWith('*')))),
  ),
  each('a unix socket has one port, and no ports of its own', ({ ports, endpoints = [] }) =>
    endpoints.some(
      endpoint => endpoint.address.startsWith('unix:') && (ports.length !== 1 || endpoint.ports !== undefined),
    ),
  ),
  each(
    'port names and numbers are valid and unique, endpoint ports are named after them',
    ({ ports, endpoints = [] }) => {
      const names = ports.map(({ name }) => name);
      const outside = endpoints.flatMap(endpoint => Object.entries(endpoint.ports ?? {}));
      return (
        twice(names).length > 0 ||
        twice(ports.map(({ number }) => `${number}`)).length > 0 ||
        names.some(name => !/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name)) ||
        ports.some(({ number, targetPort = number }) => !isPort(number) || !isPort(targetPort)) ||
        outside.some(([name, port]) => !names.includes(name) || !isPort(port))
      );
    },
  ),
  each('every endpoint but a socket says where each port leads', ({ ports, endpoints = [] }) =>
    endpoints.some(
      endpoint => !endpoint.address.startsWith('unix:') && Object.keys(endpoint.ports ?? {}).length !== ports.length,
    ),
  ),
  each(
    'several hosts carry only HTTP and TLS',
    ({ hosts, ports }) => hosts.length > 1 && ports.some(({ protocol }) => /TCP|MONGO/.test(protocol)),
  ),
  each('an address stands before one host', ({ hosts, addresses = [] }) => addresses.length > 0 && hosts.length > 1),
  each('no two hosts that one namespace sees share an address', ({ addresses = [], exportTo }, object, output) =>
    made(output, 'ServiceEntry').some(
      other =>
        other.text !== object.text &&
        other.spec.addresses?.some(address => addresses.includes(address)) &&
        (key([exportTo, other.spec.exportTo]).includes('"*"') ||
          (exportTo.some(namespace => other.spec.exportTo.includes(namespace)) && other.source === object.source)),
    ),
  ),
  each('only the client\u2019s ports are declared', ({ ports }, { source }, output) => {
    const count = declared(output, source);
    return count !== undefined && ports.length !== count;
  }),
  each(
    'outside the mesh, and nothing makes an endpoint part of it',
    ({ location, endpoints = [] }) =>
      location !== 'MESH_EXTERNAL' ||
      endpoints.some(
        endpoint =>
          'serviceAccount' in endpoint ||
          'network' in endpoint ||
          Object.keys(endpoint.labels ?? {}).some(label => /(^|\.)istio\.io\/|^istio-locality$/.test(label)),
      ),
  ),
];
