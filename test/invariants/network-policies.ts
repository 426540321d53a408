import { type Invariant, key, made } from './output.ts';

const labelsOf = (selector: { readonly matchLabels?: object }) => Object.keys(selector.matchLabels ?? {});

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
