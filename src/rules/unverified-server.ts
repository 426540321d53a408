import { namesOf } from '../emitters/sidecar/origination.ts';
import { type ExternalService, isHttp, type Port } from '../plan.ts';
import type { Rule } from './rule.ts';

/** TLS towards a server that is not verified, as asked, or whose name nothing says. */
export const unverifiedServer: Rule = ({ services, report }) => {
  for (const service of services) {
    for (const port of service.ports) {
      const { origination } = port;
      if (origination === undefined || origination.mode === 'ISTIO_MUTUAL') continue;
      if (origination.insecureSkipVerify) report.add('WO3010', { ...origination.origin }, { port: port.name });
      else
        for (const host of unnamed(service, port)) report.add('WO3011', origination.origin, { port: port.name, host });
    }
  }
};

/** Requests bring the name with them (Envoy's auto_sni); what is opaque does not. */
function unnamed({ hosts }: ExternalService, { client, origination }: Port): readonly string[] {
  if (origination === undefined) return [];
  return hosts
    .filter(host => namesOf(origination, host).length === 0 && (host.kind === 'range' || !isHttp(client.protocol)))
    .map(({ name, address }) => address ?? name);
}
