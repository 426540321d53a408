import type { Where } from '../diagnostics/report.ts';
import { below, type Draft } from '../draft.ts';
import type { Origination } from '../plan.ts';

/** Gloo's `clientsideTls`; `{}` means SIMPLE. */
export interface ClientsideTls {
  readonly mode?: 'SIMPLE' | 'DISABLE' | 'MUTUAL' | 'ISTIO_MUTUAL';
  readonly sni?: string;
  readonly clientCertificate?: string;
  readonly privateKey?: string;
  readonly caCertificates?: string;
  readonly credentialName?: string;
  readonly insecureSkipVerify?: boolean;
}

/** TLS as asked for, its fields checked against its mode; DISABLE is the same as none. */
export function readOrigination(
  tls: ClientsideTls | undefined,
  origin: Where,
  subjectAltNames: readonly string[],
  atGateway: boolean,
  { report }: Draft,
): Origination | undefined {
  const { mode = 'SIMPLE', insecureSkipVerify = false, ...fields } = withoutEmpty(tls ?? { mode: 'DISABLE' });
  if (mode === 'DISABLE') return undefined;
  const files = given({ clientCertificate: fields.clientCertificate, privateKey: fields.privateKey });
  const credentials = given({ ...files, caCertificates: fields.caCertificates, credentialName: fields.credentialName });
  if (mode === 'ISTIO_MUTUAL') {
    const refused = insecureSkipVerify ? [...Object.keys(credentials), 'insecureSkipVerify'] : Object.keys(credentials);
    if (refused.length > 0) report.add('WO2032', origin, { mode, fields: refused.join(', ') });
  } else {
    const beside = Object.keys(credentials).filter(field => field !== 'credentialName');
    if (fields.credentialName !== undefined && beside.length > 0)
      report.add('WO2031', origin, { fields: beside.join(', ') });
    if (fields.credentialName !== undefined && !atGateway) {
      report.add('WO2033', below(origin, 'credentialName'), { credentialName: fields.credentialName });
    }
    // A Secret of a SIMPLE origination holds the CA and nothing else.
    const authority =
      fields.caCertificates !== undefined ? 'caCertificates' : mode === 'SIMPLE' ? 'credentialName' : undefined;
    if (insecureSkipVerify && authority !== undefined && fields[authority] !== undefined) {
      report.add('WO2034', below(origin, authority), { field: authority });
    }
  }
  if (mode === 'SIMPLE' && Object.keys(files).length > 0) {
    report.add('WO2032', origin, { mode, fields: Object.keys(files).join(', ') });
  }
  if (mode === 'MUTUAL' && fields.credentialName === undefined && Object.keys(files).length < 2)
    report.add('WO2030', origin, {});
  return { ...fields, origin, mode, insecureSkipVerify, subjectAltNames };
}

/** Protobuf's empty string is an absent one. */
const withoutEmpty = (tls: ClientsideTls): ClientsideTls =>
  Object.fromEntries(Object.entries(tls).filter(([, value]) => value !== ''));

const given = <T extends Record<string, string | undefined>>(fields: T): Partial<T> =>
  // The keys are those of T; the compiler forgets them in entries.
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
