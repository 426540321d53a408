import { madeUpLabel } from '../hosts.ts';
import type { Resource } from '../k8s/resource.ts';
import { fieldsOf, listOf, textsOf } from '../rules/foreign.ts';
import { specOf } from './objects.ts';
import type { Grant } from './way.ts';

/** What AuthorizationPolicies admit to one host: whom, and to what; `everyone` stands for a rule that names nobody. */
export interface Admission {
  readonly client: string | 'everyone';
  readonly grant: Grant;
}

/** Which of a host's listeners at one gateway is meant. */
export interface Place {
  readonly index: number;
  readonly count: number;
}

type Fields = Readonly<Record<string, unknown>>;

/** A way that nothing restricts. */
export const anything: Grant = { methods: [], paths: [], headers: [], ipBlocks: [], remoteIpBlocks: [] };

/**
 * The admissions of a host at one of its listeners.
 *
 * Where a host has several, rules name the pods' port and not the listener's; both stand in the same order.
 */
export function admissionsOf(policies: readonly Resource[], host: string, listener: Place): readonly Admission[] {
  const rules = policies.flatMap(policy => listOf(specOf(policy).rules).map(fieldsOf)).filter(speaksOf(host));
  const ports = [...new Set(rules.flatMap(rule => operationsOf(rule).flatMap(({ ports }) => textsOf(ports))))];
  const port = ports.length === listener.count ? ports[listener.index] : undefined;
  return rules.flatMap(rule => admissionsIn(rule, port));
}

/** The SNI that the hop to a host bears. */
const hopSni = (host: string): string => (host.startsWith('*.') ? `${madeUpLabel}${host.slice(1)}` : host);

const speaksOf =
  (host: string) =>
  (rule: Fields): boolean =>
    conditionsOf(rule).every(({ key, values }) => key !== 'connection.sni' || textsOf(values).includes(hopSni(host)));

const conditionsOf = (rule: Fields): readonly Fields[] => listOf(rule.when).map(fieldsOf);

const operationsOf = (rule: Fields): readonly Fields[] =>
  listOf(rule.to).map(entry => fieldsOf(fieldsOf(entry).operation));

function admissionsIn(rule: Fields, port: string | undefined): readonly Admission[] {
  const operations = operationsOf(rule).filter(
    ({ ports }) => port === undefined || ports === undefined || textsOf(ports).includes(port),
  );
  if (operations.length === 0 && listOf(rule.to).length > 0) return [];
  const sources = listOf(rule.from).map(entry => fieldsOf(fieldsOf(entry).source));
  return (sources.length > 0 ? sources : [{}]).flatMap(source =>
    (operations.length > 0 ? operations : [{}]).flatMap(operation =>
      clientsOf(source).map(client => ({ client, grant: grantOf(rule, source, operation) })),
    ),
  );
}

function clientsOf({ principals, namespaces }: Fields): readonly string[] {
  const named = [...textsOf(principals).map(clientOf), ...textsOf(namespaces)];
  return named.length > 0 ? named : ['everyone'];
}

/** `shop/pay` of `cluster.local/ns/shop/sa/pay`. */
const clientOf = (principal: string): string => principal.replace(/^cluster\.local\/ns\/([^/]+)\/sa\//, '$1/');

const grantOf = (rule: Fields, source: Fields, { methods, paths }: Fields): Grant => ({
  methods: textsOf(methods),
  paths: textsOf(paths),
  headers: conditionsOf(rule)
    .filter(({ key }) => key !== 'connection.sni')
    .flatMap(({ key, values, notValues }) => [
      ...(textsOf(values).length > 0 ? [`${headerOf(key)}=${textsOf(values).join('|')}`] : []),
      ...(textsOf(notValues).length > 0 ? [`${headerOf(key)}!=${textsOf(notValues).join('|')}`] : []),
    ]),
  ipBlocks: textsOf(source.ipBlocks),
  remoteIpBlocks: textsOf(source.remoteIpBlocks),
});

const headerOf = (key: unknown): string => String(key).replace(/^request\.headers\[(.*)\]$/, '$1');

/** Whether something is let through now that no grant let through before; what cannot be compared counts. */
export const isWider = (before: readonly Grant[], after: readonly Grant[]): boolean =>
  !after.every(grant => before.some(other => takesIn(other, grant)));

const takesIn = (wide: Grant, narrow: Grant): boolean =>
  subset(narrow.methods, wide.methods) &&
  subset(narrow.paths, wide.paths, pathTakesIn) &&
  subset(narrow.ipBlocks, wide.ipBlocks) &&
  subset(narrow.remoteIpBlocks, wide.remoteIpBlocks) &&
  // Conditions on headers all have to hold: more of them let less through.
  wide.headers.every(condition => narrow.headers.includes(condition));

/** Whether one list of what is allowed lies within another, an empty one being any. */
const subset = (narrow: readonly string[], wide: readonly string[], within = isEqual): boolean =>
  wide.length === 0 || (narrow.length > 0 && narrow.every(item => wide.some(other => within(other, item))));

const isEqual = (one: string, other: string): boolean => one === other;

/** Istio's patterns for paths: exact, `prefix*`, `*suffix`. */
function pathTakesIn(wide: string, narrow: string): boolean {
  if (wide === narrow || wide === '*') return true;
  if (wide.endsWith('*')) return narrow.startsWith(wide.slice(0, -1));
  return wide.startsWith('*') && narrow.endsWith(wide.slice(1));
}
