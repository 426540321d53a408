const maximum = 63;

/**
 * A DNS label made of the parts of an identity, two dashes between them: `pay--shop--egress-gw`.
 *
 * Two identities never give one name: a part that itself holds two dashes or a dot, or a name that had to be cut,
 * brings a hash of the whole. Names are API: once released, a name does not change.
 */
export function nameFrom(...parts: readonly string[]): string {
  return finish(
    parts,
    parts.map(part => part.replaceAll('.', '-')),
    parts.some(part => /--|\./.test(part)),
  );
}

/** Like `nameFrom`, for an identity whose last part is a host: `pay--api-example-com`, a dash in the host doubled. */
export function nameFromHost(host: string, ...parts: readonly string[]): string {
  const wildcard = host.startsWith('*.');
  const label = (wildcard ? `wildcard${host.slice(1)}` : host).replaceAll('-', '--').replaceAll('.', '-');
  // A literal `wildcard.example.com` would read like `*.example.com`.
  const unsure = host.startsWith('wildcard.') || parts.some(part => /--|\./.test(part));
  return finish([...parts, host], [...parts.map(part => part.replaceAll('.', '-')), label], unsure);
}

/** Like `nameFrom`, for some labels: `version-v2`. */
export function nameFromLabels(labels: Readonly<Record<string, string>>): string {
  const identity = Object.entries(labels)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, value]) => `${key}-${value}`);
  const plain = identity.every(each => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(each));
  const safe = identity.map(each =>
    each
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, ''),
  );
  return finish(identity, safe, !plain || Object.keys(labels).some(key => key.includes('-')));
}

function finish(identity: readonly string[], labels: readonly string[], unsure: boolean): string {
  const name = labels.join('--');
  if (name.length <= maximum && !unsure) return name;
  return `${name.slice(0, maximum - 9).replace(/-+$/, '')}-${hash(identity.join('\n'))}`;
}

/** 64 bits of FNV-1a over UTF-16 units, its first 32 in hex: names need no secrecy, only to differ. */
function hash(text: string): string {
  let state = 0xcbf29ce484222325n;
  for (let at = 0; at < text.length; at += 1) {
    state = BigInt.asUintN(64, (state ^ BigInt(text.charCodeAt(at))) * 0x100000001b3n);
  }
  return (state ^ (state >> 32n)).toString(16).slice(-8).padStart(8, '0');
}

const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** Whether a text is a DNS-1123 label: a namespace, a port name. */
export const isLabel = (text: string): boolean => label.test(text);

/** Whether a text is a DNS-1123 subdomain as Kubernetes checks it: the name of a service account or of most objects. */
export const isSubdomain = (text: string): boolean =>
  isLabel(text) ||
  (text.length <= 253 && /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/.test(text));

const qualified = /^[a-z0-9]([a-z0-9._-]{0,61}[a-z0-9])?$/i;

/** Whether a name and a value can be a label of an object: the name may have a DNS prefix, the value may be empty. */
export function isObjectLabel(name: string, value: string): boolean {
  const slash = name.indexOf('/');
  return (
    (slash < 0 || isSubdomain(name.slice(0, slash))) &&
    qualified.test(name.slice(slash + 1)) &&
    (value === '' || qualified.test(value))
  );
}
