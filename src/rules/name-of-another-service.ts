import { grouped } from '../grouped.ts';
import { covers, suffixesOf } from '../hosts.ts';
import { qualified } from '../k8s/resource.ts';
import { shared } from '../namespaces.ts';
import { type Host, type Namespaces, visibleTo } from '../plan.ts';
import type { Destination, Forward, RouteTable, TlsRoute, ToExternalService } from '../routing.ts';
import { hostFor, isOutside, sendersOf } from '../ways.ts';
import type { Rule } from './rule.ts';

/** Calls that a table sends below a wildcard under a name that is another service's: they would get past whatever that one says of its callers. */
export const nameOfAnotherService: Rule = ({ services, routeTables, report }) => {
  const calls = routeTables.flatMap(callsOf);
  if (calls.length === 0) return;
  const claims = services.flatMap(service => service.hosts.map(host => ({ service, host })));
  const byName = grouped(claims, ({ host }) => [host.name]);
  const below = grouped(claims, ({ host }) => suffixesOf(host.name));
  for (const { destination, under, name, followers } of calls) {
    const wildcards = suffixesOf(name).map(suffix => `*${suffix}`);
    const claim = [
      ...[name, ...wildcards].flatMap(each => byName.get(each) ?? []),
      ...(name.startsWith('*') ? (below.get(name.slice(1)) ?? []) : []),
    ].find(
      ({ service, host }) =>
        service !== destination.service &&
        covers(under.name, host.name) &&
        shared(followers, visibleTo(service)).length > 0,
    );
    if (claim === undefined) continue;
    const args = { name: claim.host.name, service: qualified(claim.service), other: qualified(destination.service) };
    report.add('WO2560', destination.origin, args, [{ words: 'it stands at', where: claim.host.origin }]);
  }
};

/** Calls that go to a wildcard's endpoints, by the name that they bear there; a name with a wildcard is each below it. */
interface Call {
  readonly destination: ToExternalService;
  readonly under: Host;
  readonly name: string;
  /** Where such calls come from. */
  readonly followers: Namespaces;
}

const callsOf = (table: RouteTable): readonly Call[] =>
  [
    ...table.http.flatMap(({ action }) => (action.kind === 'forward' ? [sentOn(action, table)] : [])),
    ...table.tls.map(passedOn),
  ].flatMap(({ destinations, names }) =>
    destinations.filter(isOutside).flatMap(destination => names.flatMap(name => callTo(destination, name, table))),
  );

/** The destinations of a route, and the names that calls bear once they are sent on. */
interface Sent {
  readonly destinations: readonly Destination[];
  readonly names: readonly string[];
}

const sentOn = ({ destinations, host }: Forward, { hosts }: RouteTable): Sent => ({
  destinations,
  names: typeof host === 'object' ? [host.name] : hosts.map(({ name }) => name),
});

const passedOn = ({ destinations, matches }: TlsRoute): Sent => ({
  destinations,
  names: matches.flatMap(({ names }) => names),
});

function callTo(destination: ToExternalService, name: string, table: RouteTable): readonly Call[] {
  const under = hostFor(destination.service, name);
  if (under?.kind !== 'wildcard') return [];
  // On the mesh a host with a route of its own is not the wildcard's; one without is another rule's.
  const followers = name.startsWith('*') ? table.gateways.flatMap(({ namespaces }) => namespaces) : sendersOf(table);
  return [{ destination, under, name, followers }];
}
