import { asBlock, readAddress } from '../addresses.ts';
import { type Guard, type Opening, type Peer, tcp } from '../guard.ts';
import type { GuardSettings } from '../guard-config.ts';

/** What a guard lets through whatever the services are. */
export const standing = (settings: GuardSettings): Pick<Guard, 'base' | 'inCluster' | 'scrapers'> => ({
  base: [...dns(settings), pods(settings.istiod), ...settings.collectors.map(pods)],
  inCluster: inCluster(settings),
  scrapers: settings.scrapers.map(scraper => pods({ ...scraper, ports: [15020, 15090] })),
});

const pods = ({ namespace, labels, ports }: Partial<GuardSettings['istiod']>): Opening => ({
  peers: [{ namespace: namespace ?? '*', ...(labels !== undefined && { labels }) }],
  ports: tcp(ports ?? []),
});

/** UDP, and TCP for what does not fit into a packet; on the node's own addresses always port 53. */
function dns({ dns: { addresses, ports, ...place } }: GuardSettings): readonly Opening[] {
  const both = (numbers: readonly number[]) =>
    numbers.flatMap(port => (['UDP', 'TCP'] as const).map(protocol => ({ protocol, port })));
  const onNode = addresses.flatMap(text => block(text));
  return [{ peers: [place], ports: both(ports) }, ...(onNode.length > 0 ? [{ peers: onNode, ports: both([53]) }] : [])];
}

function block(text: string): readonly Peer[] {
  const address = readAddress(text);
  return address === undefined ? [] : [{ cidr: asBlock(address) }];
}

/** Pods are found by labels; what runs on the nodes themselves, such as the API server, by the cluster's ranges alone. */
function inCluster({ inCluster: places, clusterRanges }: GuardSettings): readonly Opening[] {
  if (places === undefined) return [{ peers: [{ namespace: '*' }, ...clusterRanges.flatMap(block)], ports: [] }];
  return places.map(place =>
    place.address === undefined ? pods(place) : { peers: block(place.address), ports: tcp(place.ports ?? []) },
  );
}
