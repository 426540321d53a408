import type { Cost, Counted } from './main.ts';

const columns = {
  listeners: 'listeners',
  filterChains: 'filter chains',
  clusters: 'clusters',
  routeConfigurations: 'route configurations',
  virtualHosts: 'virtual hosts',
  routes: 'routes',
} as const;

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;

/** The section of docs/performance.md that shows what was counted: the figure for what we render, and the one by hand where it is another. */
export function section(all: readonly Counted[]): string {
  const rows = [
    ...rowsOf(all, 'a client, through the gateway', 'shop/checkout'),
    ...rowsOf(all, 'the gateway', 'istio-gateways/egress'),
    ...rowsOf(all, 'a client that sees none of them', 'other/app'),
    ...all.map(({ count, direct }) => cells('a client, without a gateway', count, direct['shop/checkout'])),
    ...all.map(({ count, direct }) => cells('one that sees none, without a gateway', count, direct['other/app'])),
  ];
  return `## What it costs in the mesh

What istiod sends to a proxy, counted in istiod 1.31's own code by \`npm run conformance\`, which fails if this table is not what it counts, or if anything costs more than by hand: each external service is one host
with TLS origination and two endpoints. By hand means one Gateway and one DestinationRule for the hop with a server and a subset for each host, and a ServiceEntry, a VirtualService, a DestinationRule and a policy for
each. ${words(all)} A sidecar of an empty mesh, with one HTTP Service and the gateway's, is in the rows for 0.

${row(['proxy', 'external services', ...Object.values(columns)])}${row(Array(8).fill('---'))}${rows.join('')}
A gateway's hop costs a sidecar one cluster for each host even where it sees none of them, also by hand: Istio merges the DestinationRules of one gateway only if all have the same \`exportTo\`, so they have \`*\`. A namespace
with a Sidecar whose \`egress.hosts\` do not name the gateway's namespace pays nothing.
`;
}

const words = (all: readonly Counted[]): string =>
  all.every(({ rendered, byHand }) => JSON.stringify(sorted(rendered)) === JSON.stringify(sorted(byHand)))
    ? 'Both cost the same.'
    : 'Where it is another, the figure by hand stands in brackets.';

const sorted = (costs: Counted['rendered']) => Object.entries(costs).sort(([one], [other]) => (one < other ? -1 : 1));

const rowsOf = (all: readonly Counted[], title: string, proxy: string): readonly string[] =>
  all.map(({ count, rendered, byHand }) => cells(title, count, rendered[proxy], byHand[proxy]));

function cells(title: string, count: number, cost: Cost = {}, byHand: Cost = cost): string {
  const figures = Object.keys(columns).map(key => {
    const [ours, theirs] = [cost[key] ?? 0, byHand[key] ?? 0];
    return ours === theirs
      ? ours.toLocaleString('en')
      : `${ours.toLocaleString('en')} (${theirs.toLocaleString('en')})`;
  });
  return row([title, count.toLocaleString('en'), ...figures]);
}
