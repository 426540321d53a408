import type { Resource } from '../k8s/resource.ts';
import { fieldsOf, listOf, textsOf } from '../rules/foreign.ts';
import { numberOf, specOf, textOf } from './objects.ts';
import type { Verification } from './way.ts';

/** How DestinationRules for a host say that its port is reached. */
export function verificationOf(rules: readonly Resource[], port: number, protocol: string): Verification {
  const tls = rules.map(rule => tlsOf(rule, port)).find(found => found !== undefined);
  const mode = textOf(tls?.mode) ?? 'DISABLE';
  if (tls === undefined || mode === 'DISABLE') {
    return { tls: isRequests(protocol) ? 'none' : 'application', names: [], insecureSkipVerify: false };
  }
  const secret = textOf(tls.credentialName);
  const sni = textOf(tls.sni);
  const ca = textOf(tls.caCertificates) ?? named(secret);
  // Of a server that is asked for no certificate of its client, a Secret holds the CA alone.
  const certificate = mode === 'MUTUAL' ? (textOf(tls.clientCertificate) ?? named(secret)) : undefined;
  return {
    tls: mode,
    ...(sni !== undefined && { sni }),
    names: textsOf(tls.subjectAltNames),
    ...(ca !== undefined && { ca }),
    ...(certificate !== undefined && { certificate }),
    insecureSkipVerify: tls.insecureSkipVerify === true,
  };
}

const named = (secret: string | undefined): string | undefined =>
  secret === undefined ? undefined : `secret ${secret}`;

/** What Istio reads requests of, and so would send as plaintext. */
const isRequests = (protocol: string): boolean => /^(HTTP|HTTP2|GRPC|GRPC-WEB)$/i.test(protocol);

/** The entry of the port hides all that stands above it. */
function tlsOf(rule: Resource, port: number): Readonly<Record<string, unknown>> | undefined {
  const policy = fieldsOf(specOf(rule).trafficPolicy);
  const settings = listOf(policy.portLevelSettings).map(fieldsOf);
  const { tls } = settings.find(entry => numberOf(fieldsOf(entry.port).number) === port) ?? policy;
  return tls === undefined ? undefined : fieldsOf(tls);
}

/**
 * Whether a server that was refused before may be accepted now.
 *
 * Only what is surely stricter is not: another CA, name or mode counts, since nobody here can tell whose it is.
 */
export function isWeaker(before: Verification, after: Verification): boolean {
  if (after.tls !== before.tls) return before.tls !== 'none' || after.tls === 'elsewhere';
  if (after.sni !== before.sni) return true;
  if (before.insecureSkipVerify) return false;
  if (after.insecureSkipVerify) return true;
  const sameNames = before.names.length === 0 || (after.names.length > 0 && after.names.every(isOneOf(before.names)));
  return !sameNames || (before.ca !== undefined && after.ca !== before.ca);
}

const isOneOf =
  (names: readonly string[]) =>
  (name: string): boolean =>
    names.includes(name);
