import {
  type DestinationRule,
  entriesOf,
  type Invariant,
  key,
  type Made,
  made,
  type Output,
  type PortSettings,
} from './output.ts';

/** The DestinationRules for external hosts. */
const rules = (output: Output) => made(output, 'DestinationRule').filter(({ spec }) => spec.subsets === undefined);

const settingsOf = ({ spec }: Made<DestinationRule>): readonly PortSettings[] =>
  spec.trafficPolicy?.portLevelSettings ?? [];

const entryOf = (output: Output, { source, spec }: Pick<Made<DestinationRule>, 'source' | 'spec'>) =>
  made(output, 'ServiceEntry').find(entry => entry.source === source && entry.spec.hosts.includes(spec.host));

/** The ports of a host that its VirtualService leads through gateways. */
const routed = (output: Output, { source, spec }: Made<DestinationRule>): readonly number[] =>
  made(output, 'VirtualService')
    .filter(each => each.source === source && each.spec.hosts.includes(spec.host))
    .flatMap(each => entriesOf(each.spec, 'gateway').flatMap(({ entry }) => entry.route))
    .map(({ destination }) => destination.port.number);

/** Whether a rule for sidecars stands beside a gateway, in a namespace that is not the service's. */
const isBeside = ({ namespace, source, spec }: Made<DestinationRule>, output: Output): boolean =>
  entryOf(output, { source, spec })?.namespace !== namespace &&
  made(output, 'Gateway').some(gateway => gateway.source === source && gateway.namespace === namespace);

const each = (name: string, breaks: (rule: Made<DestinationRule>, output: Output) => unknown): Invariant => ({
  name,
  problems: output =>
    rules(output)
      .filter(rule => Boolean(breaks(rule, output)))
      .map(({ text, spec }) => `${text}: ${key(spec)}`),
});

/** §2.0 invariants 7, 8 and 10; §3; §8 checks 1, 6, 7 and 21. */
export const destinationRules: readonly Invariant[] = [
  each(
    'nothing stands beside portLevelSettings',
    ({ spec }) =>
      key(Object.keys(spec.trafficPolicy ?? {})) !== '["portLevelSettings"]' ||
      spec.trafficPolicy?.portLevelSettings.length === 0,
  ),
  each('a rule for a gateway is seen by its pods alone', ({ spec, namespace, source }, output) => {
    if (spec.workloadSelector === undefined) return false;
    const gateways = made(output, 'Gateway').filter(
      gateway => gateway.source === source && gateway.namespace === namespace,
    );
    return (
      key(spec.exportTo) !== '["."]' ||
      !gateways.some(gateway => key(gateway.spec.selector) === key(spec.workloadSelector?.matchLabels))
    );
  }),
  each(
    'a rule for sidecars is seen by whoever sees the host, and leaves alone what goes through a gateway',
    (rule, output) => {
      if (rule.spec.workloadSelector !== undefined) return false;
      const through = routed(output, rule);
      const exported = isBeside(rule, output) ? [rule.namespace] : entryOf(output, rule)?.spec.exportTo;
      return (
        key(rule.spec.exportTo) !== key(exported) || settingsOf(rule).some(({ port }) => through.includes(port.number))
      );
    },
  ),
  each('a rule for a gateway leaves the sidecars of its namespace theirs', (rule, output) => {
    if (rule.spec.workloadSelector === undefined) return false;
    const forSidecars = rules(output).filter(
      ({ source, spec }) =>
        source === rule.source && spec.host === rule.spec.host && spec.workloadSelector === undefined,
    );
    return forSidecars.length > 0 && !forSidecars.some(({ namespace }) => namespace === rule.namespace);
  }),
  each('a rule for a gateway is about the ports that go through it', (rule, output) => {
    const through = routed(output, rule);
    return (
      rule.spec.workloadSelector !== undefined &&
      made(output, 'VirtualService').length > 0 &&
      settingsOf(rule).some(({ port }) => !through.includes(port.number))
    );
  }),
  each(
    'credentialName is for gateways alone',
    rule =>
      rule.spec.workloadSelector === undefined && settingsOf(rule).some(({ tls }) => tls?.credentialName !== undefined),
  ),
  each('its ports are ports of the ServiceEntry', (rule, output) => {
    const entry = entryOf(output, rule);
    return (
      entry !== undefined &&
      settingsOf(rule).some(({ port }) => !entry.spec.ports.some(({ number }) => number === port.number))
    );
  }),
  each('an SNI has names that the certificate must bear, unless nobody is to verify', rule =>
    settingsOf(rule).some(({ tls = {} }) => {
      const { mode, sni, subjectAltNames, insecureSkipVerify } = tls;
      if (mode === 'ISTIO_MUTUAL') return false;
      if (insecureSkipVerify === true) return subjectAltNames !== undefined || tls.caCertificates !== undefined;
      return sni !== undefined && !(Array.isArray(subjectAltNames) && subjectAltNames.length > 0);
    }),
  ),
  each('a plain host has an SNI, and a CA unless nobody is to verify', rule =>
    settingsOf(rule).some(({ tls }) => {
      if (tls === undefined || tls.mode === 'ISTIO_MUTUAL') return false;
      const named =
        rule.spec.host.startsWith('*') || rule.spec.host.endsWith('.wayout.internal') || tls.sni !== undefined;
      return (
        !named ||
        (tls.insecureSkipVerify !== true && tls.caCertificates === undefined && tls.credentialName === undefined)
      );
    }),
  ),
  {
    name: 'several localities fail over on every port: outlierDetection and localityLbSetting in each entry, and all endpoints of one may be ejected',
    problems: output =>
      made(output, 'ServiceEntry').flatMap(({ text, source, spec }) => {
        if (new Set((spec.endpoints ?? []).map(({ locality }) => locality)).size < 2) return [];
        const found = rules(output)
          .filter(rule => rule.source === source && spec.hosts.includes(rule.spec.host))
          .flatMap(settingsOf);
        const lame = found.filter(
          ({ outlierDetection, loadBalancer }) =>
            outlierDetection?.maxEjectionPercent === undefined || loadBalancer?.localityLbSetting === undefined,
        );
        // With `part`, one half of the rules is in another render.
        const missing = spec.ports.filter(({ number }) => !found.some(({ port }) => port.number === number));
        const whole = made(output, 'VirtualService').length === 0 || made(output, 'Gateway').length > 0;
        return [
          ...lame.map(({ port }) => `${text}: port ${port.number} does not fail over`),
          ...(whole ? missing.map(({ number }) => `${text}: no rule for port ${number}`) : []),
        ];
      }),
  },
];
