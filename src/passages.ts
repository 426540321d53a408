import { bears } from './k8s/labels.ts';
import type { ExternalService, Gateway, Host, Listener, Port } from './plan.ts';

/** One host on one port of a service, by one listener of one gateway. */
export interface Passage {
  readonly host: Host;
  readonly port: Port;
  readonly gateway: Gateway;
  readonly listener: Listener;
}

/** Every way of a service through its gateways, in the order of its ports, their gateways and the hosts. */
export const passagesOf = ({ ports }: Pick<ExternalService, 'ports'>): readonly Passage[] =>
  ports.flatMap(port =>
    port.routes.flatMap(({ gateway, listeners }) =>
      [...listeners].map(([host, listener]): Passage => ({ host, port, gateway, listener })),
    ),
  );

/** Whether two gateways are, or may be, the same pods: their servers and policies lie side by side there. */
export const samePods = (one: Gateway, other: Gateway): boolean =>
  one === other ||
  (one.workloadNamespace === other.workloadNamespace &&
    (bears(one.workloadLabels, other.workloadLabels) || bears(other.workloadLabels, one.workloadLabels)));
