import type { Opening } from '../guard.ts';
import { settingsOf } from '../guard-config.ts';
import { bears } from '../k8s/labels.ts';
import { shared } from '../namespaces.ts';
import { heldBy } from '../resolve/held.ts';
import { type End, endsOfCopies, podsBehind } from '../resolve/network-ends.ts';
import { destinationsOf } from '../resolve/routing/table.ts';
import { standing } from '../resolve/standing-openings.ts';
import type { RouteTable } from '../routing.ts';
import { followersOf, isOutside, standsAtGateway } from '../ways.ts';
import type { Rule } from './rule.ts';

/** Services that a table leads held namespaces to, or sends copies of their calls to, and that the guard does not let them reach. */
export const tableBehindGuard: Rule = ({ services, routeTables, config, witnesses, report }) => {
  if (config.guard?.inCluster === undefined) return;
  const held = heldBy(services, config);
  const { inCluster } = standing(settingsOf(config.guard));
  const said = new Set<string>();
  for (const table of routeTables) {
    const followers = shared([...held], followersOf(table));
    if (followers.length === 0) continue;
    for (const end of inside(table)) {
      const { opening } = podsBehind(end, witnesses) ?? {};
      const closed = followers.filter(
        namespace => opening !== undefined && !inCluster.some(each => takesIn(each, opening, namespace)),
      );
      const key = `${end.address}:${end.port} ${closed.join()}`;
      if (closed.length === 0 || said.has(key)) continue;
      said.add(key);
      report.add('WO2622', end.origin, { host: end.address, namespaces: closed.join(', ') });
    }
  }
};

/** The Services where a table's calls end, and the copies of them that sidecars make. */
const inside = (table: RouteTable): readonly End[] => [
  ...destinationsOf(table).flatMap((destination): readonly End[] =>
    isOutside(destination) ? [] : [{ ...destination, kind: 'name', address: destination.host }],
  ),
  ...table.http
    .filter(({ action }) => action.kind !== 'forward' || !standsAtGateway(action))
    .flatMap(({ traffic: { mirror } }) =>
      mirror === undefined || mirror.into !== undefined ? [] : endsOfCopies(mirror),
    ),
];

/** Whether what held pods of a namespace may reach takes in some pods; a port that only its container names may be any. */
const takesIn = (open: Opening, { peers: [pods], ports }: Opening, from: string): boolean =>
  pods !== undefined &&
  'namespace' in pods &&
  open.peers.some(
    peer =>
      'namespace' in peer &&
      ['*', pods.namespace].includes(peer.namespace === '.' ? from : peer.namespace) &&
      bears(pods.labels ?? {}, peer.labels ?? {}),
  ) &&
  (open.ports.length === 0 ||
    (ports.length > 0 &&
      ports.every(({ port }) => typeof port === 'string' || open.ports.some(other => other.port === port))));
