import {
  type AuthorizationPolicy,
  type Gateway,
  hostsOf,
  type Invariant,
  key,
  type Made,
  made,
  type Output,
  type Rule,
  type Server,
  takesIn,
} from './output.ts';

interface Place {
  readonly server: Server;
  readonly gateway: Made<Gateway>;
}

/** The servers on a policy's pods. */
const serversAt = (output: Output, { namespace, spec }: Made<AuthorizationPolicy>) =>
  made(output, 'Gateway')
    .filter(gateway => gateway.namespace === namespace && key(gateway.spec.selector) === key(spec.selector.matchLabels))
    .flatMap(gateway => gateway.spec.servers.map((server): Place => ({ server, gateway })));

/** Whether an SNI leads to a server: to the one whose host says it, else to the one whose wildcard takes it in. */
const leadsTo = (server: Server, sni: string, beside: readonly Server[]): boolean =>
  hostsOf(server).some(
    host => host === sni || (takesIn(host, sni) && !beside.some(other => hostsOf(other).includes(sni))),
  );

/** The SNI by which calls reach a server: the hop's, or for PASSTHROUGH any that the host takes in. */
const snisOf = (output: Output, { server, gateway }: Place, places: readonly Place[]): readonly string[] =>
  server.tls.mode === 'PASSTHROUGH'
    ? hostsOf(server)
    : made(output, 'DestinationRule')
        .filter(rule => rule.source === gateway.source && rule.namespace === gateway.namespace)
        .flatMap(rule => rule.spec.subsets ?? [])
        .flatMap(({ trafficPolicy }) => trafficPolicy?.portLevelSettings ?? [])
        .filter(
          ({ port, tls }) =>
            port.number === server.port.number &&
            leadsTo(
              server,
              String(tls?.sni),
              places.filter(other => other.gateway.source === gateway.source).map(other => other.server),
            ),
        )
        .map(({ tls }) => String(tls?.sni));

const snisIn = ({ when = [] }: Rule): readonly string[] =>
  when.filter(({ key: name }) => name === 'connection.sni').flatMap(({ values = [] }) => values);
const operationOf = ({ to }: Rule) => to?.[0]?.operation ?? {};

/** The pods' port behind a port of the gateway's Service. */
const podPort = ({ inputs }: Output, namespace: string, number: number): string | undefined => {
  const ports = inputs.flatMap(
    ({ kind, metadata, ...object }): { port?: number; number?: number; targetPort?: number }[] => {
      // What rendered has the shape of its kind.
      const spec = (object.spec ?? {}) as {
        ports?: { port: number; targetPort?: number }[];
        gateways?: { ports?: { number: number; targetPort?: number }[] }[];
      };
      return kind === 'Service' && metadata.namespace === namespace
        ? (spec.ports ?? [])
        : kind === 'EgressConfig'
          ? (spec.gateways ?? []).flatMap(gateway => gateway.ports ?? [])
          : [];
    },
  );
  const found = ports.find(port => (port.port ?? port.number) === number);
  return found === undefined ? undefined : String(found.targetPort ?? number);
};

const each = (
  name: string,
  problems: (rule: Rule, policy: Made<AuthorizationPolicy>, output: Output) => readonly string[],
): Invariant => ({
  name,
  problems: output =>
    made(output, 'AuthorizationPolicy').flatMap(policy =>
      (policy.spec.rules ?? []).flatMap(rule =>
        problems(rule, policy, output).map(text => `${policy.text}: ${text} in ${key(rule)}`),
      ),
    ),
});

/** §4.1; §8 checks 14, 15 and 16. */
export const authorization: readonly Invariant[] = [
  {
    name: 'each Gateway has its ALLOW policy on the same pods, and none has rules that are an empty list',
    problems: output => {
      const policies = made(output, 'AuthorizationPolicy');
      const bare = made(output, 'Gateway').filter(
        gateway =>
          !policies.some(
            ({ source, namespace, spec }) =>
              source === gateway.source &&
              namespace === gateway.namespace &&
              spec.action === 'ALLOW' &&
              key(spec.selector.matchLabels) === key(gateway.spec.selector),
          ),
      );
      return [
        ...bare.map(({ text }) => text),
        ...policies
          .filter(({ spec }) => spec.rules?.length === 0 || Object.keys(spec.selector.matchLabels).length === 0)
          .map(({ text }) => text),
      ];
    },
  },
  each('every rule is bound to the SNI of its own service', (rule, policy, output) => {
    const places = serversAt(output, policy);
    const own = places
      .filter(({ gateway }) => gateway.source === policy.source)
      .flatMap(place => snisOf(output, place, places));
    const snis = snisIn(rule);
    return snis.length === 1 && snis.every(sni => own.includes(sni)) ? [] : [`SNI ${snis} of ${own}`];
  }),
  each('no rule reaches a server that it was not written for', (rule, policy, output) => {
    const { ports, hosts } = operationOf(rule);
    const places = serversAt(output, policy);
    const reached = places.filter(
      place =>
        snisOf(output, place, places).some(sni => snisIn(rule).some(pattern => takesIn(pattern, sni))) &&
        (ports === undefined || ports.includes(podPort(output, policy.namespace, place.server.port.number) ?? '')),
    );
    const kinds = new Set(
      reached.map(({ server, gateway }) => key([gateway.source, server.tls.mode, server.port.protocol, server.hosts])),
    );
    const fits = reached.every(
      ({ gateway, server }) =>
        gateway.source === policy.source && (hosts !== undefined) === (server.port.protocol === 'HTTPS'),
    );
    return reached.length > 0 && kinds.size === 1 && fits ? [] : [`reaches ${[...kinds]}`];
  }),
  each('where the gateway reads requests, the host stands with and without its port', (rule, policy, output) => {
    const { hosts, methods, paths } = operationOf(rule);
    const headers = (rule.when ?? []).some(({ key: name }) => name.startsWith('request.'));
    const opaque = !serversAt(output, policy).some(
      ({ server }) => server.port.protocol === 'HTTPS' && hosts?.includes(hostsOf(server)[0] ?? ''),
    );
    if (opaque) return (hosts ?? methods ?? paths ?? headers) ? ['fields of requests'] : [];
    const [host = '', withPort = ''] = hosts ?? [];
    const fits = host.startsWith('*')
      ? withPort.startsWith(`${host}:`) && /:\d+$/.test(withPort)
      : withPort === `${host}:*`;
    return hosts?.length === 2 && fits ? [] : ['hosts'];
  }),
  each('whoever is named is named exactly', rule => {
    const named = (rule.from ?? []).flatMap(({ source }) => [
      ...(source.principals ?? []),
      ...(source.namespaces ?? []),
    ]);
    const empty = [
      ...(rule.from ?? []).map(({ source }) => source),
      ...(rule.to ?? []).map(({ operation }) => operation),
    ].filter(
      part =>
        Object.keys(part).length === 0 ||
        Object.values(part).some(values => values.length === 0 || values.includes('')),
    );
    return [...named.filter(name => !/^[a-z0-9][a-z0-9./-]*$/.test(name)), ...empty.map(part => `empty ${key(part)}`)];
  }),
  each('every condition has values', rule =>
    (rule.when ?? [])
      .filter(({ values, ...rest }) => (values ?? ('notValues' in rest ? ['some'] : [])).length === 0)
      .map(({ key: name }) => name),
  ),
  each('only behind PASSTHROUGH, or where everyone may call, does a rule name nobody', (rule, policy, output) => {
    if (rule.from !== undefined) return rule.from.length > 0 ? [] : ['from is empty'];
    const passes = serversAt(output, policy).some(
      ({ server }) => server.tls.mode === 'PASSTHROUGH' && hostsOf(server).some(host => snisIn(rule).includes(host)),
    );
    const everyone = made(output, 'ServiceEntry').some(
      ({ source, spec }) => source === policy.source && spec.exportTo.includes('*'),
    );
    return passes || everyone || made(output, 'ServiceEntry').length === 0 ? [] : ['no from'];
  }),
];
