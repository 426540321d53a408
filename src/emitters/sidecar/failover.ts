import type { ExternalService, Port } from '../../plan.ts';
import type { Ejection, Failover } from '../../traffic.ts';

/** Whether the endpoints of a service lie in several localities. */
const failsOver = ({ endpoints }: Pick<ExternalService, 'endpoints'>): boolean =>
  new Set(endpoints.map(({ locality }) => locality)).size > 1;

/** `outlierDetection` of a port: without it Istio never leaves the nearest locality, and an endpoint alone in its own must be ejectable. */
export function ejection(service: ExternalService, { traffic }: Port): object | undefined {
  if (traffic.ejection !== undefined) return outlierDetection(traffic.ejection);
  if (!failsOver(service) && traffic.failover === undefined) return undefined;
  return { consecutive5xxErrors: 5, interval: '10s', baseEjectionTime: '30s', maxEjectionPercent: 100 };
}

const outlierDetection = ({
  consecutiveErrors,
  consecutiveGatewayErrors,
  interval,
  baseEjectionTime,
  maxPercent,
}: Ejection): object => ({
  consecutive5xxErrors: consecutiveErrors,
  ...(consecutiveGatewayErrors !== undefined && { consecutiveGatewayErrors }),
  interval,
  baseEjectionTime,
  maxEjectionPercent: maxPercent,
});

/** `localityLbSetting` of a port: the order that a policy asks for, else the nearest first. */
export function localities(service: ExternalService, { traffic }: Port): object | undefined {
  if (traffic.failover !== undefined) return { enabled: true, ...ordered(traffic.failover) };
  return failsOver(service) ? { enabled: true } : undefined;
}

const ordered = ({ regions, shares, labels }: Failover): object => ({
  ...(shares.length > 0 && { distribute: shares }),
  ...(regions.length > 0 && { failover: regions }),
  ...(labels.length > 0 && { failoverPriority: labels }),
});
