import { readAddress } from '../addresses.ts';
import type { Source } from '../diagnostics/report.ts';
import { grouped } from '../grouped.ts';
import { describe } from '../k8s/resource.ts';
import { shared } from '../namespaces.ts';
import { visibleTo } from '../plan.ts';
import { exportedTo, fieldsOf, listOf, specOf, textsOf } from './foreign.ts';
import type { Rule } from './rule.ts';

/** Of two hosts at one address on one port, Istio's proxies know one: also where somebody else's ServiceEntry or Service has it. */
export const foreignAddress: Rule = ({ services, witnesses, report }) => {
  const hosts = services.flatMap(service =>
    service.hosts.flatMap(host => (host.address === undefined ? [] : [{ service, host, address: host.address }])),
  );
  if (hosts.length === 0) return;
  const entries = grouped(witnesses.of('networking.istio.io', 'ServiceEntry'), entryAddresses);
  const clusterIps = grouped(witnesses.of('', 'Service'), source => addressesIn([specOf(source).clusterIP]));
  for (const { service, host, address } of hosts) {
    const numbers = new Set(service.ports.map(({ client }) => client.number));
    const entry = entries
      .get(address)
      ?.find(each => meets(each, 'number', numbers) && shared(visibleTo(service), exportedTo(each)).length > 0);
    const source = entry ?? clusterIps.get(address)?.find(each => meets(each, 'port', numbers));
    if (source === undefined) continue;
    report.add('WO3110', host.origin, { address, object: describe(source.resource) }, [
      { words: 'it stands at', where: { source } },
    ]);
  }
};

/** Whether one of the ports of a ServiceEntry or a Service is among some. */
const meets = (source: Source, field: 'number' | 'port', numbers: ReadonlySet<unknown>): boolean =>
  listOf(specOf(source).ports).some(port => numbers.has(fieldsOf(port)[field]));

/** The addresses that a ServiceEntry declares, and those that istiod gave it in a cluster. */
const entryAddresses = (source: Source): readonly string[] =>
  addressesIn([
    ...textsOf(specOf(source).addresses),
    ...listOf(fieldsOf(source.resource.status).addresses).map(each => fieldsOf(each).value),
  ]);

/** Addresses as ipaddr.js writes them: those of external services are written so too. */
const addressesIn = (values: readonly unknown[]): readonly string[] =>
  values.flatMap(value => (typeof value === 'string' ? (readAddress(value)?.text ?? []) : []));
