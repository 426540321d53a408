import type { Aspect } from './changes.ts';
import type { Grant, Verification, Way } from './way.ts';

/** What each aspect of a way is called. */
export const labels: Readonly<Record<Aspect, string>> = {
  gateways: 'through',
  access: 'may',
  endpoints: 'ends at',
  verification: 'verified',
  protocol: 'protocol',
  addresses: 'also at',
};

const words: { readonly [What in Aspect]: (value: Way[What]) => readonly string[] } = {
  gateways: gateways => (gateways.length > 0 ? gateways : ['no gateway']),
  access: access => (access === 'elsewhere' ? [notHere] : access.map(grantText)),
  endpoints: endpoints => (endpoints.length > 0 ? endpoints : [notHere]),
  verification: verification => [verificationText(verification)],
  protocol: protocol => [protocol],
  addresses: addresses => (addresses.length > 0 ? addresses : ['no virtual address']),
};

/** One aspect of a way, in words; each line says a thing of its own. */
export function wordsOf<What extends Aspect>(way: Way, what: What): readonly string[] {
  return words[what](way[what]);
}

const notHere = 'not told by these objects';

function grantText({ methods, paths, headers, ipBlocks, remoteIpBlocks }: Grant): string {
  const what = [...methods, ...paths].length === 0 ? 'anything' : [list(methods), list(paths)].join(' ').trim();
  return [
    what,
    ...(headers.length > 0 ? [`with ${headers.join(' and ')}`] : []),
    ...(ipBlocks.length > 0 ? [`from ${list(ipBlocks)}`] : []),
    ...(remoteIpBlocks.length > 0 ? [`for ${list(remoteIpBlocks)}`] : []),
  ].join(' ');
}

const list = (items: readonly string[]): string => items.join(', ');

const modes: Readonly<Record<string, string>> = {
  none: 'plaintext',
  application: 'left to the application',
  elsewhere: notHere,
  SIMPLE: 'TLS',
  MUTUAL: 'mutual TLS',
  ISTIO_MUTUAL: 'TLS with certificates of the mesh',
};

function verificationText({ tls, sni, names, ca, certificate, insecureSkipVerify }: Verification): string {
  const mode = modes[tls] ?? tls;
  if (!opensTls(tls)) return mode;
  const checked = insecureSkipVerify
    ? ['nobody verified']
    : [names.length > 0 ? `name ${names.join(' or ')}` : 'any name', ...(ca === undefined ? [] : [`CA ${ca}`])];
  return [
    mode,
    ...checked,
    ...(sni === undefined || names.includes(sni) ? [] : [`SNI ${sni}`]),
    ...(certificate === undefined ? [] : [`shows ${certificate}`]),
  ].join(', ');
}

const opensTls = (tls: string): boolean => !['none', 'application', 'elsewhere'].includes(tls);
