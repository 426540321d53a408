import { grouped } from '../grouped.ts';
import type { Resource } from '../k8s/resource.ts';
import { fieldsOf, labelsOf, listOf, textsOf } from '../rules/foreign.ts';
import { namespaceOf, numberOf, specOf, textOf } from './objects.ts';

/** What holds some pods beside the ways: a NetworkPolicy, or a Sidecar that knows declared hosts alone. */
interface Guard {
  readonly namespace: string;
  /** Their labels; `all pods` of the namespace. */
  readonly pods: string;
  /** What is held: what leaves, what comes in, or calls to hosts that nobody declared. */
  readonly holds: 'egress' | 'ingress' | 'undeclared hosts';
  /** What it lets through all the same. */
  readonly lets: readonly string[];
}

/** A guard that is not the same on both sides. */
export interface GuardChange extends Omit<Guard, 'lets'> {
  /** Whether it lets through what it did not before, or is gone. */
  readonly opens: boolean;
  /** What it let through; null where there was no such guard. */
  readonly before: readonly string[] | null;
  readonly after: readonly string[] | null;
}

/** Compares the guards of two sides. */
export function guardChanges(base: readonly Resource[], head: readonly Resource[]): readonly GuardChange[] {
  const [before, after] = [byPods(base), byPods(head)];
  return [...new Set([...before.keys(), ...after.keys()])].sort().flatMap(key => {
    const [old, now] = [before.get(key), after.get(key)];
    const { lets: _, ...guard } = now ?? old ?? nobody;
    const added = now?.lets.filter(line => old !== undefined && !old.lets.includes(line)) ?? [];
    const removed = old?.lets.filter(line => now !== undefined && !now.lets.includes(line)) ?? [];
    if (old !== undefined && now !== undefined && added.length + removed.length === 0) return [];
    return [
      { ...guard, opens: now === undefined || added.length > 0, before: old?.lets ?? null, after: now?.lets ?? null },
    ];
  });
}

const nobody: Guard = { namespace: '', pods: '', holds: 'egress', lets: [] };

/** Policies for the same pods add up. */
function byPods(resources: readonly Resource[]): ReadonlyMap<string, Guard> {
  const groups = grouped(resources.flatMap(guardsOf), ({ namespace, pods, holds }) => [
    `${namespace} ${pods} ${holds}`,
  ]);
  return new Map(
    Array.from(groups, ([key, [guard = nobody, ...others]]) => {
      const lets = new Set([guard, ...others].flatMap(each => each.lets));
      return [key, { ...guard, lets: [...lets].sort() }];
    }),
  );
}

/** Whether an object holds pods, so that each change of it is compared. */
export const isGuard = (resource: Resource): boolean => guardsOf(resource).length > 0;

function guardsOf(resource: Resource): readonly Guard[] {
  const spec = specOf(resource);
  const namespace = namespaceOf(resource);
  if (resource.kind === 'Sidecar') {
    const { mode } = fieldsOf(spec.outboundTrafficPolicy);
    const labels = fieldsOf(spec.workloadSelector).labels;
    return mode === 'REGISTRY_ONLY' ? [{ namespace, pods: podsText(labels), holds: 'undeclared hosts', lets: [] }] : [];
  }
  if (resource.kind !== 'NetworkPolicy') return [];
  const guard = { namespace, pods: podsText(fieldsOf(spec.podSelector).matchLabels) };
  return textsOf(spec.policyTypes).flatMap((type): readonly Guard[] => {
    if (type === 'Egress') return [{ ...guard, holds: 'egress', lets: lets(spec.egress, 'to') }];
    return type === 'Ingress' ? [{ ...guard, holds: 'ingress', lets: lets(spec.ingress, 'from') }] : [];
  });
}

const lets = (rules: unknown, peers: 'to' | 'from'): readonly string[] =>
  listOf(rules)
    .map(fieldsOf)
    .flatMap(rule => {
      const ports = listOf(rule.ports).map(fieldsOf).map(portText).join(', ');
      const texts = listOf(rule[peers]).map(fieldsOf).map(peerText);
      return (texts.length > 0 ? texts : ['anything']).map(text => `${text}: ${ports === '' ? 'any port' : ports}`);
    });

const portText = ({ protocol, port, endPort }: Fields): string =>
  `${textOf(protocol) ?? 'TCP'} ${textOf(port) ?? numberOf(port)}${endPort === undefined ? '' : `-${numberOf(endPort)}`}`;

type Fields = Readonly<Record<string, unknown>>;

function peerText({ ipBlock, namespaceSelector, podSelector }: Fields): string {
  if (ipBlock !== undefined) {
    const { cidr, except } = fieldsOf(ipBlock);
    const without = textsOf(except);
    return `${textOf(cidr)}${without.length > 0 ? ` but not ${without.join(', ')}` : ''}`;
  }
  const { 'kubernetes.io/metadata.name': name, ...labels } = labelsOf(fieldsOf(namespaceSelector).matchLabels);
  const named = name ?? (namespaceSelector === undefined ? 'this namespace' : 'every namespace');
  const where = Object.keys(labels).length > 0 ? `${named} with ${podsText(labels)}` : named;
  return podSelector === undefined ? where : `${where}, ${podsText(fieldsOf(podSelector).matchLabels)}`;
}

function podsText(labels: unknown): string {
  const entries = Object.entries(labelsOf(labels)).map(([key, value]) => `${key}=${value}`);
  return entries.length > 0 ? entries.join(' ') : 'all pods';
}
