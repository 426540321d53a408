import { isLabel } from './k8s/names.ts';
import { ipaddr } from './on-demand.ts';

/** What a text in a list of hosts can be. */
export type HostForm = 'name' | 'wildcard' | 'address' | 'invalid';

/**
 * Tells a DNS name from a wildcard (`*.` and a DNS name) and from what no ServiceEntry takes.
 * Source: Istio `pkg/config/validation/agent/validation.go`, ValidateWildcardDomain; stricter on `*foo.com`, which Istio warns about.
 */
export function hostForm(text: string): HostForm {
  // ipaddr.js throws on what is no address, which takes long: only a colon or a number at the end can make one.
  const last = text.slice(text.lastIndexOf('.') + 1);
  const isNumbered = last >= '0' && last < ':';
  if ((text.includes(':') || isNumbered) && ipaddr().isValid(text)) return 'address';
  const labels = withoutStar(text).split('.');
  const valid = text.length <= 255 && labels.every(isLabel) && !(isNumbered && /^\d+$/.test(last));
  return valid ? (text.startsWith('*.') ? 'wildcard' : 'name') : 'invalid';
}

/** A host as it is compared: in lower case, without the dot that may end it. */
export function canonicalHost(text: string): string {
  // ASCII alone: toLowerCase() would make a plain k of the Kelvin sign, and so another host of it.
  const small = text.replace(/[A-Z]/g, letter => letter.toLowerCase());
  return small.endsWith('.') ? small.slice(0, -1) : small;
}

const withoutStar = (host: string): string => (host.startsWith('*.') ? host.slice(2) : host);

/** Whether a wildcard `*.example.com` takes in a host, or a narrower wildcard. */
export const covers = (wildcard: string, host: string): boolean =>
  wildcard === '*' || (wildcard.startsWith('*') && host !== wildcard && host.endsWith(wildcard.slice(1)));

/** `.example.com` and `.com` of `api.example.com`: what a wildcard that covers the host ends in, behind its `*`. */
export function suffixesOf(host: string): readonly string[] {
  const labels = withoutStar(host).split('.');
  return labels.slice(1).map((_, index) => `.${labels.slice(index + 1).join('.')}`);
}

/** What the host of an address ends in, and what the SNI of a wildcard's hop begins with: nobody else may be called so. */
export const madeUpSuffix = '.wayout.internal';
export const madeUpLabel = 'wayout-wildcard';

/** Whether a host is one that wayout makes up itself. */
export const isMadeUp = (host: string): boolean =>
  host.endsWith(madeUpSuffix) || withoutStar(host).startsWith(`${madeUpLabel}.`);

const privateSuffixes = ['.internal', '.local', '.external'];

/** Whether a host is the name of a Service of the cluster. */
export const isClusterService = (host: string): boolean => host.endsWith('.svc') || host.endsWith('.svc.cluster.local');

/** Whether no public DNS can know a host: one label, or a suffix that is nobody's. A Service of the cluster is known there. */
export const isPrivateName = (host: string): boolean =>
  !isClusterService(host) && (!host.includes('.') || privateSuffixes.some(suffix => host.endsWith(suffix)));

/** Whether a name leads every resolver to the asking machine itself. */
export const isLocalhost = (host: string): boolean => `.${host}`.endsWith('.localhost');
