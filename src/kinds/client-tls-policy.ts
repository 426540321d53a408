import type { Source, Where } from '../diagnostics/report.ts';
import { at, type Draft } from '../draft.ts';
import { qualified } from '../k8s/resource.ts';
import { isTls, type Origination } from '../plan.ts';
import { type ClientsideTls, readOrigination } from '../resolve/origination.ts';
import type { Contribution } from './kind.ts';
import { type Meeting, meetingsOf, reportLater } from './traffic-policy.ts';

/** `security.policy.gloo.solo.io/v2` ClientTLSPolicy. */
interface Spec {
  readonly disable?: object;
  readonly simple?: { readonly config?: Pick<ClientsideTls, 'sni' | 'credentialName'> };
  readonly mutual?: { readonly config?: Pick<ClientsideTls, 'sni' | 'credentialName'> };
  readonly istioMutual?: object;
}

/** TLS towards the outside, said by a policy instead of the port's own `clientsideTls`; checked as that is. */
export const clientTlsPolicy: Contribution = {
  contribute(source, draft) {
    const meetings = meetingsOf<Spec>(source, 'client-tls-policy', draft, 'WO2212');
    const tls = meetings === undefined ? undefined : tlsOf(meetings.spec, source, draft);
    if (meetings === undefined || tls === undefined) return;
    const read = new Map<boolean, Origination | undefined>();
    for (const meeting of meetings.at) {
      const atGateway = meeting.port.routes.length > 0;
      if (!isFree(tls, meeting, draft)) continue;
      // Once for all ports alike, so that a mistake is reported once.
      if (!read.has(atGateway)) read.set(atGateway, readOrigination(tls.fields, tls.origin, [], atGateway, draft));
      const origination = read.get(atGateway);
      meeting.port.tlsPolicy = tls.origin;
      if (origination !== undefined)
        meeting.port.origination = { ...origination, subjectAltNames: meeting.service.subjectAltNames };
    }
  },
};

interface Tls {
  readonly origin: Where;
  readonly fields: ClientsideTls;
}

/** The one kind of TLS that a policy asks for, as `clientsideTls` would. */
function tlsOf({ disable, simple, mutual, istioMutual }: Spec, source: Source, { report }: Draft): Tls | undefined {
  const place = (...field: readonly string[]) => at(source, 'spec', ...field);
  const given: readonly Tls[] = [
    ...(disable === undefined ? [] : [{ origin: place('disable'), fields: { mode: 'DISABLE' } as const }]),
    ...(simple === undefined
      ? []
      : [{ origin: place('simple', 'config'), fields: { mode: 'SIMPLE', ...simple.config } as const }]),
    ...(mutual === undefined
      ? []
      : [{ origin: place('mutual', 'config'), fields: { mode: 'MUTUAL', ...mutual.config } as const }]),
    ...(istioMutual === undefined ? [] : [{ origin: place('istioMutual'), fields: { mode: 'ISTIO_MUTUAL' } as const }]),
  ];
  const [tls, second] = given;
  if (tls === undefined) report.add('WO2413', place(), {});
  if (second === undefined) return tls;
  report.add('WO2406', second.origin, { problem: 'several of disable, simple, mutual and istioMutual' });
  return undefined;
}

/** Whether a port takes TLS from a policy: it has none yet, and does not need to know before its clients do. */
function isFree({ fields, origin: place }: Tls, meeting: Meeting, draft: Draft): boolean {
  const { service, port, origin } = meeting;
  const args = { port: port.name, service: qualified(service) };
  if (port.tlsPolicy !== undefined) {
    reportLater(meeting, port.tlsPolicy, draft);
    return false;
  }
  if (port.origination !== undefined) {
    draft.report.add('WO2411', origin, args, [{ words: 'clientsideTls stands at', where: port.origination.origin }]);
    return false;
  }
  if (port.routes.length === 0 || !isTls(port.client.protocol) || fields.mode === 'DISABLE') return true;
  const related = [{ words: 'the port stands at', where: port.origin }];
  if (port.protocol === 'TLS') draft.report.add('WO2110', place, { port: port.name }, related);
  else draft.report.add('WO2412', origin, args, related);
  return false;
}
