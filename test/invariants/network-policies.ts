import { type Invariant, key, made, type Output, type Peer } from './output.ts';

const labelsOf = (selector: { readonly matchLabels?: object }) => Object.keys(selector.matchLabels ?? {});

const isIn = (labels: object, others: object): boolean =>
  Object.entries(labels).every(([name, value]) =>
    Object.entries(others).some(other => key(other) === key([name, value])),
  );

interface Pods {
  readonly selector?: object;
  readonly ports?: readonly { readonly port?: number; readonly targetPort?: number }[];
}

/** The ports of the pods behind the Services of a gateway, as the list and EgressConfig say them. */
function podPorts({ inputs }: Output, namespace: string, labels: object): readonly unknown[] {
  const specs = inputs.map(({ kind, metadata, spec }) => ({
    kind,
    metadata,
    // The documents that cases and worlds write have these fields, or do not have them.
    ...(spec as Pods & { readonly gateways?: readonly Pods[] }),
  }));
  const services = specs.filter(
    ({ kind, metadata, selector = {} }) =>
      kind === 'Service' && metadata.namespace === namespace && (isIn(selector, labels) || isIn(labels, selector)),
  );
  const given = specs.flatMap(({ gateways = [] }) => gateways);
  return [...services, ...given].flatMap(({ ports = [] }) => ports.map(({ port, targetPort = port }) => targetPort));
}

const named = (peer: Peer) => key([peer.namespaceSelector, peer.podSelector]);

/** §4.3: what a NetworkPolicy of ours may never be. */
export const networkPolicies: readonly Invariant[] = [
  {
    name: 'a NetworkPolicy for all pods of a namespace lies where no gateway lives, and says nothing of who comes in',
    problems: output => {
      const gateways = made(output, 'Gateway').map(({ namespace }) => namespace);
      return made(output, 'NetworkPolicy')
        .filter(({ spec }) => labelsOf(spec.podSelector).length === 0)
        .filter(({ namespace, spec }) => gateways.includes(namespace) || spec.ingress !== undefined)
        .map(({ text }) => text);
    },
  },
  {
    name: 'every rule of a NetworkPolicy names its peers: an empty list would be everybody',
    problems: output =>
      made(output, 'NetworkPolicy').flatMap(({ text, spec }) =>
        [...(spec.ingress ?? []).map(({ from }) => from), ...spec.egress.map(({ to }) => to)]
          .filter(peers => peers.length === 0)
          .map(() => text),
      ),
  },
  {
    name: 'who comes into a gateway, and what is outside, is let through on named ports alone',
    problems: output =>
      made(output, 'NetworkPolicy').flatMap(({ text, spec }) => [
        ...(spec.ingress ?? []).filter(({ ports }) => ports.length === 0).map(() => `${text}: ingress`),
        ...spec.egress
          .filter(({ to, ports = [] }) => ports.length === 0 && to.some(({ ipBlock }) => ipBlock?.except !== undefined))
          .map(({ to }) => `${text}: ${key(to)}`),
      ]),
  },
  {
    name: 'clients and gateways meet on the ports of the pods, never on those of the Service',
    problems: output =>
      made(output, 'NetworkPolicy').flatMap(gateway => {
        const [fromClients] = gateway.spec.ingress ?? [];
        if (fromClients === undefined) return [];
        const { matchLabels = {} } = gateway.spec.podSelector;
        const known = podPorts(output, gateway.namespace, matchLabels);
        const strange = fromClients.ports.filter(({ port }) => !known.includes(port));
        const wanted = named({
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': gateway.namespace } },
          podSelector: { matchLabels },
        });
        const differing = made(output, 'NetworkPolicy')
          .filter(({ source, spec }) => source === gateway.source && spec.ingress === undefined)
          .filter(
            ({ spec }) =>
              !spec.egress.some(
                ({ to, ports }) => to.map(named).includes(wanted) && key(ports) === key(fromClients.ports),
              ),
          );
        return [...strange.map(port => `${gateway.text}: ${key(port)}`), ...differing.map(({ text }) => text)];
      }),
  },
  {
    name: 'whoever is held still asks DNS, by UDP and by TCP, in the cluster and on the node',
    problems: output =>
      made(output, 'NetworkPolicy')
        .filter(({ spec }) => {
          const asked = spec.egress.filter(
            ({ ports = [] }) => key(ports.map(({ protocol }) => protocol)) === '["UDP","TCP"]',
          );
          const openshift = key(spec).includes('openshift-dns');
          return (
            !asked.some(({ to }) => to.some(({ podSelector }) => podSelector !== undefined)) ||
            (!openshift && !asked.some(({ to }) => to.some(({ ipBlock }) => ipBlock !== undefined)))
          );
        })
        .map(({ text }) => text),
  },
  {
    name: 'everything outside is without the cluster, and for the pods of a gateway alone',
    problems: output =>
      made(output, 'NetworkPolicy').flatMap(({ text, spec }) =>
        spec.egress
          .flatMap(({ to }) => to)
          .filter(({ ipBlock }) => ipBlock !== undefined && /\/0$/.test(ipBlock.cidr))
          .filter(({ ipBlock }) => !ipBlock?.except?.length || labelsOf(spec.podSelector).length === 0)
          .map(peer => `${text}: ${key(peer)}`),
      ),
  },
];
