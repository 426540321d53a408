import { isEverything, readAddress } from './addresses.ts';
import type { Report, Where } from './diagnostics/report.ts';
import { below } from './draft.ts';
import { isLabel } from './k8s/names.ts';

/** Pods by their namespace and labels, and their ports. */
interface Pods {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly ports: readonly number[];
}

/** `spec.guard` of EgressConfig as written. */
export interface GuardConfig {
  readonly platform?: 'kubernetes' | 'openshift';
  readonly dns?: Partial<Pods> & { readonly addresses?: readonly string[] };
  readonly istiod?: Partial<Pods>;
  readonly metadataAddresses?: readonly string[];
  readonly clusterRanges?: readonly string[];
  readonly inCluster?: readonly (Partial<Pods> & { readonly address?: string })[];
  readonly scrapers?: readonly (Pick<Pods, 'namespace'> & Partial<Pods>)[];
  readonly collectors?: readonly (Pick<Pods, 'namespace' | 'ports'> & Partial<Pods>)[];
  readonly namespaces?: readonly string[];
}

/** `spec.guard` with its defaults. */
export type GuardSettings = Required<Omit<GuardConfig, 'platform' | 'dns' | 'istiod' | 'inCluster'>> & {
  readonly dns: Pods & { readonly addresses: readonly string[] };
  readonly istiod: Pods;
  /** Absent: everything. */
  readonly inCluster?: GuardConfig['inCluster'];
};

/** The cluster's DNS on each platform; `schemas/egress-config.json` documents the same values. */
const dnsOf = {
  kubernetes: {
    namespace: 'kube-system',
    labels: { 'k8s-app': 'kube-dns' },
    ports: [53],
    addresses: ['169.254.20.10'],
  },
  openshift: {
    namespace: 'openshift-dns',
    labels: { 'dns.operator.openshift.io/daemonset-dns': 'default' },
    ports: [5353],
    addresses: [],
  },
} as const;

/** A guard with everything that it does not say. */
export function settingsOf({ platform = 'kubernetes', dns, istiod, ...given }: GuardConfig): GuardSettings {
  return {
    metadataAddresses: ['169.254.0.0/16', '168.63.129.16', 'fd00:ec2::/32'],
    clusterRanges: [],
    scrapers: [],
    collectors: [],
    namespaces: [],
    ...given,
    dns: { ...dnsOf[platform], ...dns },
    istiod: { namespace: 'istio-system', labels: { app: 'istiod' }, ports: [15012], ...istiod },
  };
}

/** Reports what no schema can find in a guard: addresses and names that are none. */
export function checkGuard(guard: GuardConfig, where: Where, report: Report): void {
  for (const field of ['metadataAddresses', 'clusterRanges'] as const)
    for (const [index, text] of (guard[field] ?? []).entries()) checkBlock(text, below(where, field, index), report);
  for (const [index, text] of (guard.dns?.addresses ?? []).entries()) {
    const address = readAddress(text);
    if (address === undefined || address.range || isEverything(address))
      report.add('WO2601', below(where, 'dns', 'addresses', index), { value: text, wanted: 'an IP' });
  }
  for (const [index, place] of (guard.inCluster ?? []).entries()) {
    const { namespace, labels, address } = place;
    if ((namespace === undefined) === (address === undefined) || (address !== undefined && labels !== undefined))
      report.add('WO2602', below(where, 'inCluster', index), {});
    if (address !== undefined) checkBlock(address, below(where, 'inCluster', index, 'address'), report);
    if (namespace !== undefined && namespace !== '.')
      checkNamespace(namespace, below(where, 'inCluster', index, 'namespace'), report);
  }
  for (const field of ['dns', 'istiod'] as const) {
    const namespace = guard[field]?.namespace;
    if (namespace !== undefined) checkNamespace(namespace, below(where, field, 'namespace'), report);
  }
  for (const field of ['scrapers', 'collectors'] as const)
    for (const [index, { namespace }] of (guard[field] ?? []).entries())
      checkNamespace(namespace, below(where, field, index, 'namespace'), report);
  checkNamespaces(guard.namespaces ?? [], below(where, 'namespaces'), report);
}

/** Reports what is no name of a namespace. */
export function checkNamespaces(names: readonly string[], where: Where, report: Report): void {
  for (const [index, name] of names.entries()) checkNamespace(name, below(where, index), report);
}

function checkNamespace(name: string, where: Where, report: Report): void {
  if (!isLabel(name)) report.add('WO1216', where, { value: name, what: 'namespace' });
}

function checkBlock(text: string, where: Where, report: Report): void {
  const address = readAddress(text);
  if (address === undefined || isEverything(address))
    report.add('WO2601', where, { value: text, wanted: 'an IP or a CIDR of some addresses' });
}
