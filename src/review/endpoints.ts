import type { Resource } from '../k8s/resource.ts';
import { fieldsOf, listOf, textsOf } from '../rules/foreign.ts';
import { numberOf, specOf, textOf } from './objects.ts';
import { hostPort } from './way.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Where calls to a port of a ServiceEntry's host end. */
export function endpointsOf(entry: Resource, host: string, port: Fields): readonly string[] {
  const spec = specOf(entry);
  const target = numberOf(port.targetPort ?? port.number);
  const endpoints = listOf(spec.endpoints).map(fieldsOf);
  if (endpoints.length > 0) return endpoints.map(endpoint => described(endpoint, textOf(port.name) ?? '', target));
  if (spec.resolution !== 'NONE') return [hostPort(host, target)];
  // The proxy sends a call to the address that the client asked for: the range at most, else any.
  const addresses = textsOf(spec.addresses);
  return (addresses.length > 0 ? addresses : ['any address']).map(address => hostPort(address, target));
}

function described({ address, ports, locality }: Fields, port: string, target: number): string {
  const text = textOf(address) ?? '';
  const at = text.startsWith('unix:') ? text : hostPort(text, numberOf(fieldsOf(ports)[port] ?? target));
  return textOf(locality) === undefined ? at : `${at} (${textOf(locality)})`;
}
