import type { Source } from '../diagnostics/report.ts';
import { at, below, type Draft, namespaceOf } from '../draft.ts';
import { qualified } from '../k8s/resource.ts';
import type { Listener } from '../plan.ts';
import { type ExposureRule, readExposure } from './exposure.ts';
import type { GatewayService, ServicePort } from './gateway-service.ts';

/** A listener of a VirtualGateway, its egress side. */
export interface ListenerSpec {
  readonly port: { readonly number?: number; readonly name?: string };
  readonly tls?: {
    readonly mode?: string;
    readonly verifySubjectAltName?: readonly string[];
    readonly parameters?: object;
  };
  readonly exposedExternalServices?: readonly ExposureRule[];
}

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
  // A Service's only port may have no name: a listener that says nothing does not mean it.
  const isPort = ({ name: itsName, number: itsNumber }: ServicePort): boolean =>
    number === undefined ? name !== undefined && itsName === name : itsNumber === number;
  const port = service.ports.find(isPort);
  if (port === undefined) {
    draft.report.add('WO2105', at(source, 'spec', 'listeners', index, 'port'), {
      port: number ?? name,
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
  return {
    origin,
    number: port.number,
    ...(port.targetPort !== undefined && { podPort: port.targetPort }),
    mode: modeOf(spec),
    exposes: readExposure(spec.exposedExternalServices ?? [], below(origin, 'exposedExternalServices'), {
      namespace: namespaceOf(source),
      kind: 'EXTERNAL_SERVICE',
      draft,
    }),
  };
}

/** Gloo's default mode is PASSTHROUGH; a listener without TLS gives no client an identity. */
function modeOf({ tls }: ListenerSpec): Listener['mode'] {
  if (tls === undefined) return 'OTHER';
  const mode = tls.mode ?? 'PASSTHROUGH';
  return mode === 'ISTIO_MUTUAL' || mode === 'PASSTHROUGH' ? mode : 'OTHER';
}
