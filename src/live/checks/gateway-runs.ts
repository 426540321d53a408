import { labelText } from '../../k8s/labels.ts';
import { qualified, type Resource } from '../../k8s/resource.ts';
import { type Gateway, gatewaysOf } from '../../plan.ts';
import { fieldsOf, listOf, specOf } from '../../rules/foreign.ts';
import { named } from '../../witnesses.ts';
import { pods } from '../kinds.ts';
import { allowed } from '../observe.ts';
import { isReady, podPortOf } from '../pods.ts';
import type { Check, Scene } from './check.ts';

/** Each gateway that is used has its Service with the ports that clients are sent to, and pods that are ready. */
export const gatewayRuns: Check = async scene => {
  const { rendered, cluster, report } = scene;
  for (const gateway of new Set((rendered.plan?.services ?? []).flatMap(gatewaysOf))) {
    const { workloadNamespace: namespace, workloadLabels, origin } = gateway;
    const labelSelector = Object.entries(workloadLabels)
      .map(([key, value]) => `${key}=${value}`)
      .join(',');
    const found = await allowed(() => cluster.list(pods, { namespace, labelSelector }), report);
    reportPorts(gateway, found ?? [], scene);
    if (found === undefined || found.some(isReady)) continue;
    const labels = labelText(workloadLabels);
    report.add('WO5114', origin, { gateway: qualified(gateway), namespace, labels, count: found.length });
  }
};

function reportPorts({ service, listeners, origin }: Gateway, behind: readonly Resource[], scene: Scene): void {
  const { observed, report } = scene;
  const id = qualified(service);
  const source = named(observed, '', 'Service', service);
  if (source === undefined) {
    report.add('WO5111', origin, { service: id });
    return;
  }
  const ports = listOf(specOf(source).ports).map(fieldsOf);
  for (const { number, podPort } of listeners) {
    const port = ports.find(each => each.port === number);
    const real = port && podPortOf(port, behind);
    if (port === undefined) {
      const found = ports.map(each => String(each.port)).join(', ');
      report.add('WO5112', origin, { service: id, port: number, found });
    } else if (podPort !== undefined && real !== undefined && real !== podPort) {
      report.add('WO5113', origin, { service: id, port: number, given: podPort, found: real });
    }
  }
}
