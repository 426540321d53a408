import { qualified } from '../k8s/resource.ts';
import { trafficPolicy } from './traffic-policy.ts';

/** `config` of a `resilience.policy.gloo.solo.io/v2` OutlierDetectionPolicy. */
interface Config {
  readonly consecutiveErrors?: number;
  readonly consecutiveGatewayErrors?: number;
  readonly interval?: string;
  readonly baseEjectionTime?: string;
  readonly maxEjectionPercent?: number;
}

/** When an endpoint that fails is left out; what it does not say is as in Gloo, where a maxEjectionPercent of 0 means 10. */
export const outlierDetectionPolicy = trafficPolicy<Config, 'ejection'>({
  schema: 'outlier-detection-policy',
  part: 'ejection',
  read(
    {
      consecutiveErrors = 5,
      consecutiveGatewayErrors,
      interval = '10s',
      baseEjectionTime = '30s',
      maxEjectionPercent = 100,
    },
    origin,
  ) {
    return {
      origin,
      consecutiveErrors,
      ...(consecutiveGatewayErrors !== undefined && { consecutiveGatewayErrors }),
      interval,
      baseEjectionTime,
      maxPercent: maxEjectionPercent === 0 ? 10 : maxEjectionPercent,
    };
  },
  requestFields: () => [],
  serves({ origin, maxPercent: percent }, { service }, { report }) {
    const { length: count } = service.endpoints;
    if (count > 0 && count * percent < 100)
      report.add('WO2418', origin, { percent, count, service: qualified(service) });
    return true;
  },
});
