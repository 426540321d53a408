import type { Source } from '../diagnostics/report.ts';
import { at, type Draft, namespaceOf } from '../draft.ts';
import { canonicalHost, covers } from '../hosts.ts';
import { bears } from '../k8s/labels.ts';
import { qualified } from '../k8s/resource.ts';
import type { Identity, Listener } from '../plan.ts';
import type { GatewayService } from './gateway-service.ts';
import { type ObjectSelector, selectsHere } from './selectors.ts';
import { sees } from './sharing.ts';
import { workspaceOf } from './workspaces.ts';

/** A listener of a VirtualGateway, its egress side. */
export interface ListenerSpec {
  readonly port: { readonly number?: number; readonly name?: string };
  readonly tls?: {
    readonly mode?: string;
    readonly verifySubjectAltName?: readonly string[];
    readonly parameters?: object;
  };
  readonly exposedExternalServices?: readonly { readonly host: string; readonly selector?: ObjectSelector }[];
}

type Exposes = Listener['exposes'];

/** A listener with the number of its port on the Service; undefined where the Service has no such port. */
export function readListener(
  source: Source,
  spec: ListenerSpec,
  index: number,
  service: GatewayService,
  draft: Draft,
): Listener | undefined {
  const origin = at(source, 'spec', 'listeners', index);
  const { number, name } = spec.port;
  const port = service.ports.find(candidate =>
    number === undefined ? candidate.name === name : candidate.number === number,
  );
  if (port === undefined) {
    draft.report.add('WO2105', at(source, 'spec', 'listeners', index, 'port'), {
      port: String(number ?? name),
      service: qualified(service),
      ports:
        service.ports.map(each => (each.name === undefined ? each.number : `${each.name} ${each.number}`)).join(', ') ||
        'none',
    });
    return undefined;
  }
  const narrowing = modeOf(spec) === 'ISTIO_MUTUAL' ? (spec.tls?.verifySubjectAltName ?? []) : [];
  if (narrowing.length > 0)
    draft.report.add('WO2113', at(source, 'spec', 'listeners', index, 'tls', 'verifySubjectAltName'), {});
  if (modeOf(spec) === 'ISTIO_MUTUAL' && spec.tls?.parameters !== undefined)
    draft.report.add('WO2114', at(source, 'spec', 'listeners', index, 'tls', 'parameters'), {});
  const rules = (spec.exposedExternalServices ?? []).map(({ host, selector }, rule) => {
    const here = selectsHere(
      selector,
      at(source, 'spec', 'listeners', index, 'exposedExternalServices', rule, 'selector'),
      draft,
    );
    return here ? exposureRule(host, selector, namespaceOf(source), draft) : () => false;
  });
  return {
    origin,
    number: port.number,
    ...(port.targetPort !== undefined && { podPort: port.targetPort }),
    mode: modeOf(spec),
    exposes: exposure(rules),
  };
}

/** Gloo's default mode is PASSTHROUGH; a listener without TLS gives no client an identity. */
function modeOf({ tls }: ListenerSpec): Listener['mode'] {
  if (tls === undefined) return 'OTHER';
  const mode = tls.mode ?? 'PASSTHROUGH';
  return mode === 'ISTIO_MUTUAL' || mode === 'PASSTHROUGH' ? mode : 'OTHER';
}

/** No rules expose every service. */
export const exposure = (rules: readonly Exposes[]): Exposes =>
  rules.length === 0 ? () => true : (service, host) => rules.some(exposes => exposes(service, host));

/** `host`, `namespace/host`, or `./host`; wildcards as in Gloo. A selector without a namespace chooses what the gateway's namespace sees. */
function exposureRule(
  text: string,
  selector: ObjectSelector | undefined,
  gatewayNamespace: string,
  draft: Draft,
): Exposes {
  const slash = text.indexOf('/');
  const scope = slash < 0 ? '*' : text.slice(0, slash);
  const pattern = canonicalHost(text.slice(slash + 1));
  const wanted = scope === '.' ? gatewayNamespace : scope;
  const isChosen = (service: Identity): boolean => {
    if (selector?.namespace !== undefined) return selector.namespace === service.namespace;
    return selector === undefined || scope !== '*' || sees(gatewayNamespace, service, draft);
  };
  const lies = (namespace: string, service: Identity) => namespace === '*' || namespace === service.namespace;
  return (service, host) =>
    (pattern === host || covers(pattern, host)) &&
    lies(wanted, service) &&
    isChosen(service) &&
    (selector?.workspace === undefined || workspaceOf(service.namespace, draft)?.name === selector.workspace) &&
    (selector?.name === undefined || selector.name === service.name) &&
    bears(service.labels, selector?.labels ?? {});
}
