import type { Where } from '../diagnostics/report.ts';
import { below, type Draft, type DraftService } from '../draft.ts';
import { qualified } from '../k8s/resource.ts';
import type { Balancing, Hash } from '../traffic.ts';
import { trafficPolicy } from './traffic-policy.ts';

/** `config` of a `trafficcontrol.policy.gloo.solo.io/v2` LoadBalancerPolicy. */
interface Config {
  readonly simple?: 'UNSPECIFIED' | 'PASSTHROUGH' | NonNullable<Balancing['algorithm']>;
  readonly consistentHash?: {
    readonly httpHeaderName?: string;
    readonly httpCookie?: { readonly name: string; readonly path?: string; readonly ttl?: string };
    readonly useSourceIp?: boolean;
    readonly httpQueryParameterName?: string;
  };
  readonly warmupDurationSecs?: string;
  readonly healthyPanicThreshold?: number;
  readonly updateMergeWindow?: string;
}

/** Which endpoint takes a call. */
export const loadBalancerPolicy = trafficPolicy<Config, 'balancing'>({
  schema: 'load-balancer-policy',
  part: 'balancing',
  read(config, origin, draft) {
    reportUnkept(config, origin, draft);
    const hash = hashOf(config, below(origin, 'consistentHash'), draft);
    const { simple = 'UNSPECIFIED', consistentHash, warmupDurationSecs } = config;
    if (simple === 'PASSTHROUGH') {
      draft.report.add('WO2408', below(origin, 'simple'), {});
      return undefined;
    }
    if (config.simple === undefined && consistentHash === undefined) draft.report.add('WO2405', origin, {});
    if (consistentHash !== undefined && hash === undefined) return undefined;
    const warms = warmupDurationSecs !== undefined && hash === undefined && simple !== 'RANDOM';
    if (warmupDurationSecs !== undefined && !warms) {
      const why = 'warms up under ROUND_ROBIN and LEAST_REQUEST alone';
      draft.report.add('WO2407', below(origin, 'warmupDurationSecs'), { field: 'config.warmupDurationSecs', why });
    }
    return {
      origin,
      ...(hash === undefined && simple !== 'UNSPECIFIED' && { algorithm: simple }),
      ...(hash !== undefined && { hash }),
      ...(warms && { warmup: warmupDurationSecs }),
    };
  },
  requestFields: ({ hash }) =>
    hash === undefined || hash.by === 'sourceIp' ? [] : [`config.consistentHash.${names[hash.by]}`],
  serves(_, { service, port, origin }, { report }) {
    if (hasChoice(service)) return true;
    report.add('WO2409', origin, {
      what: `port "${port.name}" of ExternalService ${qualified(service)}`,
      why: 'calls go where the client addressed them, and nothing is balanced',
    });
    return false;
  },
});

const names = { header: 'httpHeaderName', queryParameter: 'httpQueryParameterName', cookie: 'httpCookie' };

/** A wildcard or a range without endpoints leads wherever the client calls. */
const hasChoice = ({ endpoints, hosts }: DraftService): boolean =>
  endpoints.length > 0 || hosts.some(({ kind }) => kind === 'name' || kind === 'address');

function hashOf({ simple, consistentHash }: Config, origin: Where, { report }: Draft): Hash | undefined {
  if (consistentHash === undefined) return undefined;
  const { httpHeaderName, httpCookie, useSourceIp, httpQueryParameterName } = consistentHash;
  const given = [
    ...(httpHeaderName === undefined ? [] : [{ by: 'header', name: httpHeaderName } as const]),
    ...(httpCookie === undefined ? [] : [{ by: 'cookie', ...httpCookie } as const]),
    ...(useSourceIp === true ? [{ by: 'sourceIp' } as const] : []),
    ...(httpQueryParameterName === undefined ? [] : [{ by: 'queryParameter', name: httpQueryParameterName } as const]),
  ];
  const [hash, second] = given;
  if (simple !== undefined) report.add('WO2406', origin, { problem: 'config.simple and config.consistentHash' });
  if (second !== undefined) report.add('WO2406', origin, { problem: 'several fields of config.consistentHash' });
  if (hash === undefined) report.add('WO2405', origin, {});
  return hash;
}

function reportUnkept({ healthyPanicThreshold, updateMergeWindow }: Config, origin: Where, { report }: Draft): void {
  const fields = { healthyPanicThreshold, updateMergeWindow };
  for (const [field, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    const why = 'is a setting of Envoy that no Istio resource but an EnvoyFilter reaches';
    report.add('WO2407', below(origin, field), { field: `config.${field}`, why });
  }
}
