import fc from 'fast-check';

/** A Kubernetes object as a test writes it. */
export type Written = {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: object;
  readonly spec: object;
};

/** One external service of a world: all that is its own, and what EgressConfig must say of it. */
export interface Service {
  readonly id: string;
  readonly documents: readonly Written[];
  readonly virtualAddresses: Readonly<Record<string, string>>;
  readonly clients?: readonly string[];
}

/** What a service is, before its place in the list gives it names of its own. */
export type Recipe = (index: number) => Service;

const gloo = 'networking.gloo.solo.io/v2';

export const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });
export const clean = (fields: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

export interface Port {
  readonly name?: string | undefined;
  readonly number: number;
  readonly protocol: string;
  readonly clientsideTls?: object | undefined;
  readonly egressGatewayRoutes?: object;
  readonly target?: 'same' | 'number' | 'name';
}

export const opaque = (ports: readonly Port[]) =>
  ports.some(({ protocol }) => protocol === 'TCP' || protocol === 'MONGO');

export interface Parts {
  readonly who: {
    readonly name: (i: number) => string;
    readonly namespace: string;
    readonly labels: object | undefined;
    readonly clients: readonly string[] | undefined;
  };
  readonly ports: readonly Port[];
  readonly hosts?: readonly string[];
  readonly addresses?: readonly string[];
  readonly endpoints?:
    | readonly { readonly address: (i: number, j: number) => string; locality?: object | undefined }[]
    | undefined;
  readonly subjectAltNames?: readonly string[] | undefined;
  readonly policies?: readonly object[];
}

export function service(
  i: number,
  { who, ports, hosts, addresses, endpoints, subjectAltNames, policies = [] }: Parts,
): Service {
  const { namespace, labels } = who;
  const name = who.name(i);
  const dialled = ({ number, target: to = 'same' }: Port) =>
    endpoints === undefined || to === 'same' ? number : number + 1000;
  const targetOf = (port: Port) =>
    endpoints === undefined || port.target === 'same'
      ? undefined
      : port.target === 'name'
        ? { name: `t-${port.number}` }
        : { number: dialled(port) };
  const written = ports
    .map(({ target: _, ...port }) => clean({ ...port }))
    .map((port, at) => clean({ ...port, targetPort: ports[at] && targetOf(ports[at]) }));
  const virtual =
    opaque(ports) && hosts !== undefined ? hosts.map((host, j) => [host, `240.240.${i}.${j + 1}`] as const) : [];
  return {
    id: `ExternalService/${namespace}/${name}`,
    virtualAddresses: Object.fromEntries(virtual),
    ...(who.clients !== undefined && { clients: who.clients }),
    documents: [
      {
        apiVersion: gloo,
        kind: 'ExternalService',
        metadata: clean({ name, namespace, labels }),
        spec: clean({
          hosts,
          addresses,
          subjectAltNames,
          ports: written,
          selector: endpoints && { endpoints: `s${i}` },
        }),
      },
      ...(endpoints ?? []).map(({ address, locality }, j) => ({
        apiVersion: gloo,
        kind: 'ExternalEndpoint',
        metadata: { name: `s${i}-${j}`, namespace, labels: { endpoints: `s${i}`, n: `${j}` } },
        spec: clean({
          address: address(i, j),
          locality,
          ports: ports.map(port => ({ name: `t-${port.number}`, number: dialled(port) })),
        }),
      })),
      ...policies.map((policy, j) => ({
        apiVersion: 'security.policy.gloo.solo.io/v2',
        kind: 'AccessPolicy',
        metadata: { name: `s${i}-${j}`, namespace },
        spec: {
          applyToDestinations: [{ kind: 'EXTERNAL_SERVICE', selector: { name }, port: { number: ports[0]?.number } }],
          ...policy,
        },
      })),
    ],
  };
}
