import type { Source } from '../diagnostics/report.ts';
import { hopSni } from '../emitters/sidecar/identity.ts';
import { grouped, places } from '../grouped.ts';
import { suffixesOf } from '../hosts.ts';
import { bears } from '../k8s/labels.ts';
import { describe } from '../k8s/resource.ts';
import { type Gateway, gatewaysOf, type Host } from '../plan.ts';
import { isGenerated } from '../read.ts';
import { fieldsOf, labelsOf, listOf, namespaceOf, rootNamespace, specOf, textsOf } from './foreign.ts';
import type { Rule } from './rule.ts';

/** ALLOW policies add up: one that can match a call to our host opens what ours closes. */
export const foreignAllowPolicy: Rule = ({ services, witnesses, report }) => {
  const routed = services.filter(service => gatewaysOf(service).length > 0);
  if (routed.length === 0) return;
  const allowing = witnesses.of('security.istio.io', 'AuthorizationPolicy').filter(isAllow);
  const byGateway = new Map(
    [...new Set(routed.flatMap(gatewaysOf))].map(gateway => [
      gateway,
      policiesByHost(allowing.filter(policy => guards(policy, gateway))),
    ]),
  );
  for (const service of routed) {
    for (const gateway of gatewaysOf(service)) {
      for (const source of byGateway.get(gateway)?.(service.hosts) ?? []) {
        const host = service.hosts.find(candidate => opens(source, candidate));
        if (host === undefined) continue;
        report.add('WO3108', host.origin, { host: host.name, object: describe(source.resource) }, [
          { words: 'it stands at', where: { source } },
          { words: 'the gateway stands at', where: gateway.origin },
        ]);
      }
    }
  }
};

/** Whoever made another service's policy bound it to that one's SNI; marks alone prove nothing. */
const opens = (source: Source, host: Host): boolean =>
  isGenerated(source)
    ? !listOf(specOf(source).rules).every(rule => isBoundElsewhere(rule, host))
    : canMatch(source, [host.name]);

const isBoundElsewhere = (rule: unknown, host: Host): boolean =>
  sniConditions(rule).some(
    ({ values }) =>
      textsOf(values).length > 0 && !textsOf(values).some(pattern => matches(pattern.toLowerCase(), hopSni(host))),
  );

const sniConditions = (rule: unknown) =>
  listOf(fieldsOf(rule).when)
    .map(fieldsOf)
    .filter(({ key }) => key === 'connection.sni');

/** Gives, for some hosts, the policies that can open one of them and perhaps others, in their order. */
function policiesByHost(policies: readonly Source[]): (hosts: readonly Host[]) => readonly Source[] {
  const index = grouped(policies, policy => new Set(patternsOf(policy).flatMap(keysOf)));
  const place = places(policies);
  return hosts => {
    const names = hosts.flatMap(host => [host.name, hopSni(host)]);
    const found = new Set([anyHost, ...names.flatMap(keysFor)].flatMap(key => index.get(key) ?? []));
    return [...found].sort((one, other) => (place.get(one) ?? 0) - (place.get(other) ?? 0));
  };
}

/** What a pattern is found by: its own key, and the ends of all names that lie as deep as it or deeper. */
function keysOf(pattern: string): readonly string[] {
  const key = keyOf(pattern);
  if (key === anyHost) return [key];
  const ends = key.startsWith('.') ? [key, ...suffixesOf(key.slice(1))] : suffixesOf(key);
  return [key, ...ends.map(below)];
}

/** Where the patterns are that can match a name: itself, and wildcards above it; of a wildcard also all that lies below. */
const keysFor = (name: string): readonly string[] =>
  name.startsWith('*.')
    ? [below(name.slice(1)), name.slice(1), ...suffixesOf(name.slice(2))]
    : [name, ...suffixesOf(name)];

const below = (end: string): string => `below ${end}`;

/** What the hosts of a policy's rules are compared with, or the SNI that it is bound to; `*` for a rule without. */
const patternsOf = (policy: Source): readonly string[] =>
  listOf(specOf(policy).rules).flatMap(rule => {
    const lists = isGenerated(policy)
      ? sniConditions(rule).map(({ values }) => textsOf(values))
      : listOf(fieldsOf(rule).to).map(each => textsOf(fieldsOf(fieldsOf(each).operation).hosts));
    return lists.length === 0 || lists.some(({ length }) => length === 0) ? [anyHost] : lists.flat();
  });

const anyHost = '*';

/** A host, the end of all hosts below one, or `*` where a pattern is none of both. */
function keyOf(pattern: string): string {
  const name = pattern.toLowerCase().replace(portBehind, '');
  if (!name.includes('*')) return name;
  return /^\*\.[^*]+$/.test(name) ? name.slice(1) : anyHost;
}

/** Absent, the action is ALLOW. */
export const isAllow = (source: Source): boolean => (specOf(source).action ?? 'ALLOW') === 'ALLOW';

/** Whether a policy applies to a gateway's pods: in their namespace or the root namespace, by labels or without a selector. */
export function guards(source: Source, { workloadLabels, workloadNamespace }: Gateway): boolean {
  const namespace = namespaceOf(source);
  const spec = specOf(source);
  // targetRefs speak of Gateway API gateways and waypoints: a classic gateway ignores such a policy.
  if (spec.targetRef !== undefined || listOf(spec.targetRefs).length > 0) return false;
  const labels = labelsOf(fieldsOf(spec.selector).matchLabels);
  return (namespace === workloadNamespace || namespace === rootNamespace) && bears(workloadLabels, labels);
}

/** Whether a policy can admit a call to one of some hosts; a rule that names no hosts can. */
export function canMatch(source: Source, hosts: readonly string[]): boolean {
  return listOf(specOf(source).rules).some(rule => {
    const operations = listOf(fieldsOf(rule).to).map(to => fieldsOf(fieldsOf(to).operation));
    if (operations.length === 0) return true;
    return operations.some(operation => {
      const patterns = textsOf(operation.hosts);
      return (
        patterns.length === 0 || hosts.some(host => patterns.some(pattern => matches(pattern.toLowerCase(), host)))
      );
    });
  });
}

const portBehind = /:[0-9*]+$/;

/** Istio's patterns: exact, `prefix*`, `*suffix`, `*`; a port may stand behind the host. */
function matches(pattern: string, host: Host['name']): boolean {
  const name = pattern.replace(portBehind, '');
  if (name === '*' || pattern === '*') return true;
  if (name.startsWith('*'))
    return host.endsWith(name.slice(1)) || (host.startsWith('*') && name.slice(1).endsWith(host.slice(1)));
  if (pattern.endsWith('*') && !pattern.endsWith(':*'))
    return host.startsWith(pattern.slice(0, -1)) || host.startsWith('*');
  return name === host || (host.startsWith('*') && name.endsWith(host.slice(1)));
}
