import { contains, readAddress } from '../addresses.ts';
import type { Source } from '../diagnostics/report.ts';
import { bears } from '../k8s/labels.ts';
import { describe } from '../k8s/resource.ts';
import { type Gateway, gatewaysOf } from '../plan.ts';
import { isGenerated } from '../read.ts';
import { heldBy } from '../resolve/held.ts';
import { fieldsOf, labelsOf, listOf, namespaceOf, specOf } from './foreign.ts';
import type { Rule } from './rule.ts';

/** NetworkPolicies add up: one beside ours that lets out of a held namespace, or into or out of a gateway, opens what ours close. */
export const foreignNetworkPolicy: Rule = ({ services, config, witnesses, report }) => {
  if (config.guard === undefined) return;
  const held = heldBy(services, config);
  const gateways = [...new Set(services.flatMap(gatewaysOf))];
  const inside = config.guard.clusterRanges ?? [];
  for (const source of witnesses.of('networking.k8s.io', 'NetworkPolicy').filter(each => !isGenerated(each))) {
    const isClient = held.has(namespaceOf(source));
    const gateway = gateways.find(each => selects(source, each));
    const found = [
      ...(isClient || gateway !== undefined ? opensIn(source, 'egress', 'to', inside) : []),
      ...(gateway === undefined ? [] : opensIn(source, 'ingress', 'from', [])),
    ];
    for (const { index, list, words } of found.slice(0, 1)) {
      const where = { source, field: ['spec', list, index] };
      const pods = isClient
        ? `namespace ${namespaceOf(source)}`
        : `the pods of gateway ${gateway?.namespace}/${gateway?.name}`;
      report.add('WO3307', where, { object: describe(source.resource), pods, words });
    }
  }
};

/** Whether a policy is for a gateway's pods, as far as labels tell; what an expression chooses may be them. */
export const selects = (source: Source, { workloadNamespace, workloadLabels }: Gateway): boolean =>
  namespaceOf(source) === workloadNamespace &&
  bears(workloadLabels, labelsOf(fieldsOf(specOf(source).podSelector).matchLabels));

/** The rules of a policy that let through anybody, or addresses that are not the cluster's own. */
function opensIn(source: Source, list: 'egress' | 'ingress', peers: 'to' | 'from', inside: readonly string[]) {
  return listOf(specOf(source)[list])
    .map(fieldsOf)
    .flatMap((rule, index) => {
      const parts = listOf(rule[peers]).map(fieldsOf);
      const way = list === 'egress' ? 'out to' : 'in from';
      if (parts.length === 0) return [{ index, list, words: `${way} everywhere` }];
      const blocks = parts.flatMap(({ ipBlock }) => fieldsOf(ipBlock).cidr ?? []).map(String);
      const open = blocks.find(cidr => !isInside(cidr, inside));
      if (open !== undefined) return [{ index, list, words: `${way} ${open}` }];
      const everyone = parts.some(({ namespaceSelector }) => isEveryone(namespaceSelector));
      return list === 'ingress' && everyone ? [{ index, list, words: `${way} every namespace` }] : [];
    });
}

function isInside(cidr: string, ranges: readonly string[]): boolean {
  const address = readAddress(cidr);
  return address !== undefined && ranges.some(range => contains(readAddress(range), address));
}

/** A selector of namespaces without a condition. */
const isEveryone = (selector: unknown): boolean =>
  selector !== undefined &&
  Object.keys(labelsOf(fieldsOf(selector).matchLabels)).length === 0 &&
  listOf(fieldsOf(selector).matchExpressions).length === 0;
