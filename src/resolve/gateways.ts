import type { GatewayConfig } from '../config.ts';
import type { Source, Where } from '../diagnostics/report.ts';
import { at, type Draft, namespaceOf } from '../draft.ts';
import { isLabel } from '../k8s/names.ts';
import type { Gateway, Listener } from '../plan.ts';
import { readSpec } from '../schemas.ts';
import { type ServicePort, serviceOf } from './gateway-service.ts';
import { type ListenerSpec, readListener } from './listeners.ts';
import { type ObjectSelector, selectsHere } from './selectors.ts';

/** The egress side of `networking.gloo.solo.io/v2` VirtualGateway. */
interface VirtualGatewaySpec {
  readonly workloads?: readonly {
    readonly selector?: ObjectSelector;
    readonly kind?: 'KUBE' | 'VM';
    readonly port?: object;
  }[];
  readonly listeners: readonly ListenerSpec[];
}

/** The gateway of a name, from the list or from EgressConfig, with the Service before its pods; resolved and reported once. */
export function resolveGateway(namespace: string, name: string, origin: Where, draft: Draft): Gateway | undefined {
  const id = `${namespace}/${name}`;
  if (!draft.gateways.has(id)) draft.gateways.set(id, resolve(namespace, name, origin, draft));
  return draft.gateways.get(id);
}

function resolve(namespace: string, name: string, origin: Where, draft: Draft): Gateway | undefined {
  const source = draft.virtualGateways.get(`${namespace}/${name}`);
  const config = draft.config.gateways.find(entry => entry.namespace === namespace && entry.name === name);
  if (source !== undefined) return named(fromVirtualGateway(source, config, draft), draft);
  if (config !== undefined) return named(fromConfig(config, origin, draft), draft);
  draft.report.add('WO2101', origin, { gateway: `${namespace}/${name}` });
  return undefined;
}

/** The Service's name and the pods' namespace become hosts and namespaces of what is made. */
function named(gateway: Gateway | undefined, { report }: Draft): Gateway | undefined {
  if (gateway === undefined) return undefined;
  const { origin, service, workloadNamespace } = gateway;
  if (!isLabel(service.name)) report.add('WO1216', origin, { value: service.name, what: 'name of a Service' });
  if (!isLabel(workloadNamespace)) report.add('WO1216', origin, { value: workloadNamespace, what: 'namespace' });
  return gateway;
}

function fromVirtualGateway(source: Source, config: GatewayConfig | undefined, draft: Draft): Gateway | undefined {
  draft.used.add(source);
  const spec = readSpec<VirtualGatewaySpec>(source, 'virtual-gateway', draft);
  if (spec === undefined) return undefined;
  const pods = workloads(source, spec, config, draft);
  if (pods === undefined) return undefined;
  const gateway = { name: source.resource.metadata.name, namespace: namespaceOf(source), ...pods };
  const service = serviceOf(gateway, config, at(source, 'spec', 'workloads'), draft);
  if (service === undefined) return undefined;
  const listeners = spec.listeners.map((listener, index) => readListener(source, listener, index, service, draft));
  const known = listeners.filter(found => found !== undefined);
  if (known.length < listeners.length) return undefined;
  const { ports: _, ...identity } = service;
  return { ...gateway, origin: at(source), service: identity, listeners: known };
}

type Pods = Pick<Gateway, 'workloadLabels' | 'workloadNamespace'>;

function workloads(
  source: Source,
  spec: VirtualGatewaySpec,
  config: GatewayConfig | undefined,
  draft: Draft,
): Pods | undefined {
  const namespace = namespaceOf(source);
  const gateway = `${namespace}/${source.resource.metadata.name}`;
  const [workload, ...others] = spec.workloads ?? [];
  const labels = config?.selector ?? workload?.selector?.labels ?? {};
  const reasons = [
    others.length > 0 && config?.selector === undefined && 'it names several workloads',
    !selectsHere(workload?.selector, at(source, 'spec', 'workloads', 0, 'selector'), draft) &&
      'they are in another cluster',
    workload?.selector?.name !== undefined &&
      'its selector chooses by name, and Istio tells pods apart by labels alone',
    workload?.kind === 'VM' && 'they are virtual machines',
    workload?.port !== undefined && 'workloads.port has no counterpart in Istio',
    Object.keys(labels).length === 0 && 'it names no labels',
  ];
  const problem = reasons.find(reason => typeof reason === 'string');
  if (problem !== undefined) {
    draft.report.add('WO2102', at(source, 'spec', 'workloads'), { gateway, problem });
    return undefined;
  }
  return {
    workloadLabels: labels,
    workloadNamespace: config?.service?.namespace ?? workload?.selector?.namespace ?? namespace,
  };
}

/** An entry of EgressConfig that stands for a whole gateway: a listener for each port, exposing every host. */
function fromConfig(config: GatewayConfig, origin: Where, draft: Draft): Gateway | undefined {
  const { name, namespace, selector, ports } = config;
  const gateway = `${namespace}/${name}`;
  if (selector === undefined) {
    draft.report.add('WO2102', origin, {
      gateway,
      problem: 'its entry in EgressConfig has no selector, and the list has no VirtualGateway of that name',
    });
    return undefined;
  }
  const pods = { workloadLabels: selector, workloadNamespace: config.service?.namespace ?? namespace };
  const service = serviceOf({ name, namespace, ...pods }, config, origin, draft);
  if (service === undefined) return undefined;
  const { ports: known, ...identity } = service;
  const listeners = (ports ?? known).map((port): Listener => standIn(port, origin));
  return { name, namespace, ...pods, origin, service: identity, listeners };
}

const standIn = (port: ServicePort & { readonly mode?: 'ISTIO_MUTUAL' | 'PASSTHROUGH' }, origin: Where): Listener => ({
  origin,
  number: port.number,
  ...(port.targetPort !== undefined && { podPort: port.targetPort }),
  mode: port.mode ?? 'ISTIO_MUTUAL',
  exposes: () => true,
});
