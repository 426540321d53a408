import type { Host, Origination } from '../../plan.ts';

/** The name that TLS asks for: the one given, else the host; a wildcard's follows the request. */
const sniOf = ({ sni }: Origination, { kind, name }: Host): string | undefined =>
  sni ?? (kind === 'name' ? name : undefined);

/** The names that the certificate must bear: those given, else the SNI, else the IP; a wildcard's follow the request. */
export function namesOf(origination: Origination, host: Host): readonly string[] {
  if (origination.subjectAltNames.length > 0) return origination.subjectAltNames;
  const sni = sniOf(origination, host);
  if (sni !== undefined) return [sni];
  return host.kind === 'address' && host.address !== undefined ? [host.address] : [];
}

/**
 * `trafficPolicy.tls` of a DestinationRule.
 *
 * An SNI without names would accept any certificate of the CA, so both are written; `system` is Istio's default CA, written out so that
 * its analyzer does not warn (IST0129).
 */
export function originationTls(origination: Origination, host: Host) {
  const { mode, clientCertificate, privateKey, caCertificates, credentialName, insecureSkipVerify } = origination;
  if (mode === 'ISTIO_MUTUAL') {
    const { sni, subjectAltNames } = origination;
    return { mode, ...(sni !== undefined && { sni }), ...(subjectAltNames.length > 0 && { subjectAltNames }) };
  }
  const sni = sniOf(origination, host);
  const names = namesOf(origination, host);
  return {
    mode,
    ...(sni !== undefined && { sni }),
    ...(!insecureSkipVerify && names.length > 0 && { subjectAltNames: names }),
    ...(credentialName !== undefined && { credentialName }),
    ...(clientCertificate !== undefined && { clientCertificate }),
    ...(privateKey !== undefined && { privateKey }),
    ...(!insecureSkipVerify && credentialName === undefined && { caCertificates: caCertificates ?? 'system' }),
    ...(insecureSkipVerify && { insecureSkipVerify }),
  };
}
