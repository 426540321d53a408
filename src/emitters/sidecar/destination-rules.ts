import type { Resource } from '../../k8s/resource.ts';
import { type ExternalService, type Gateway, gatewaysOf, type Host, type Port, visibleTo } from '../../plan.ts';
import { connectionPool } from './connection-pool.ts';
import { ejection } from './failover.ts';
import { besideGatewayName, exportTo, gatewayHostName, hostName, metadata } from './identity.ts';
import { loadBalancer } from './load-balancer.ts';
import { originationTls } from './origination.ts';

/**
 * How sidecars reach a service themselves: one rule for each host, for the ports without a gateway.
 *
 * A gateway's own rule for the host hides this one from all sidecars of its namespace, so that it stands there once more.
 */
export function directRules(service: ExternalService): readonly Resource[] {
  const direct = service.ports.filter(({ routes }) => routes.length === 0);
  const place = (host: Host) => ({ name: hostName(service, host), namespace: service.namespace });
  return [
    ...rules(service, direct, place, { exportTo: exportTo(visibleTo(service)) }),
    ...hiding(service).flatMap(gateway => {
      const beside = (host: Host) => ({
        name: besideGatewayName(service, gateway, host),
        namespace: gateway.workloadNamespace,
      });
      // By its name, not `.`: two rules of one host with one exportTo Istio would merge, whatever their selectors.
      return rules(service, direct, beside, { exportTo: [gateway.workloadNamespace] });
    }),
  ];
}

/** The gateways in other namespaces that have rules for the hosts of a service, one for each namespace. */
function hiding(service: ExternalService): readonly Gateway[] {
  return gatewaysOf(service)
    .filter(gateway => gateway.workloadNamespace !== service.namespace && gatewayRules(service, gateway).length > 0)
    .filter((gateway, index, all) => index === all.findIndex(each => sameNamespace(each, gateway)));
}

const sameNamespace = (one: Gateway, other: Gateway): boolean => one.workloadNamespace === other.workloadNamespace;

/** How a gateway reaches a service; seen by the gateway's pods alone, since a sidecar would open TLS once more. */
export function gatewayRules(service: ExternalService, gateway: Gateway): readonly Resource[] {
  const routed = service.ports.filter(({ routes }) => routes.some(route => route.gateway === gateway));
  const place = (host: Host) => ({
    name: gatewayHostName(service, gateway, host),
    namespace: gateway.workloadNamespace,
  });
  return rules(service, routed, place, {
    exportTo: ['.'],
    workloadSelector: { matchLabels: gateway.workloadLabels },
  });
}

/** A rule for each host that needs one. */
function rules(
  service: ExternalService,
  ports: readonly Port[],
  place: (host: Host) => { readonly name: string; readonly namespace: string },
  scope: { readonly exportTo: readonly string[]; readonly workloadSelector?: object },
): readonly Resource[] {
  return service.hosts.flatMap(host => {
    const portLevelSettings = settings(service, host, ports);
    const subsets = subsetsOf(service, ports);
    if (portLevelSettings.length + subsets.length === 0) return [];
    return [
      {
        apiVersion: 'networking.istio.io/v1',
        kind: 'DestinationRule',
        metadata: metadata(place(host), service),
        spec: {
          host: host.name,
          ...scope,
          // A subset without a policy of its own has this one.
          ...(portLevelSettings.length > 0 && { trafficPolicy: { portLevelSettings } }),
          ...(subsets.length > 0 && { subsets }),
        },
      },
    ];
  });
}

/** The subsets that routes to some ports name, each once. */
const subsetsOf = ({ subsets }: ExternalService, ports: readonly Port[]) => [
  ...new Map(
    subsets.filter(({ port }) => ports.includes(port)).map(({ name, labels }) => [name, { name, labels }]),
  ).values(),
];

/** Everything for one port stands in one entry: Istio reads nothing above it (MergeTrafficPolicy). */
const settings = (service: ExternalService, host: Host, ports: readonly Port[]) =>
  ports
    .filter(port => hasSettings(service, port))
    .map(port => ({
      port: { number: port.client.number },
      ...(port.origination !== undefined && { tls: originationTls(port.origination, host) }),
      ...given('connectionPool', connectionPool(port)),
      ...given('outlierDetection', ejection(service, port)),
      ...given('loadBalancer', loadBalancer(service, port)),
    }));

/** Whether Istio must be told how to reach a port, or some of its endpoints. */
export const needsRule = (service: ExternalService, port: Port): boolean =>
  service.subsets.some(subset => subset.port === port) || hasSettings(service, port);

const hasSettings = (service: ExternalService, port: Port): boolean =>
  [port.origination, connectionPool(port), ejection(service, port), loadBalancer(service, port)].some(
    part => part !== undefined,
  );

const given = (field: string, value: object | undefined): object => (value === undefined ? {} : { [field]: value });
