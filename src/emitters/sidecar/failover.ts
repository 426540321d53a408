import type { ExternalService } from '../../plan.ts';

/** Whether the endpoints of a service lie in several localities. */
export const failsOver = ({ endpoints }: Pick<ExternalService, 'endpoints'>): boolean =>
  new Set(endpoints.map(({ locality }) => locality)).size > 1;

/** Without outlier detection Istio never leaves the nearest locality; an endpoint alone in its own must be ejectable. */
export const failover = {
  outlierDetection: { consecutive5xxErrors: 5, interval: '10s', baseEjectionTime: '30s', maxEjectionPercent: 100 },
  loadBalancer: { localityLbSetting: { enabled: true } },
};
