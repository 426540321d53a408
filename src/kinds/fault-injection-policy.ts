import { trafficPolicy } from './traffic-policy.ts';

/** `config` of a `resilience.policy.gloo.solo.io/v2` FaultInjectionPolicy. */
interface Config {
  readonly delay?: { readonly fixedDelay: string; readonly percentage?: number };
  readonly abort?: { readonly httpStatus: number; readonly percentage?: number };
}

/** Calls that are held up or answered by a proxy, as a trial; without a percentage all of them. */
export const faultInjectionPolicy = trafficPolicy<Config, 'fault'>({
  schema: 'fault-injection-policy',
  part: 'fault',
  read({ delay, abort }, origin, { report }) {
    if (delay === undefined && abort === undefined) {
      report.add('WO2405', origin, {});
      return undefined;
    }
    return {
      origin,
      ...(delay !== undefined && { delay: { time: delay.fixedDelay, percent: delay.percentage ?? 100 } }),
      ...(abort !== undefined && { abort: { status: abort.httpStatus, percent: abort.percentage ?? 100 } }),
    };
  },
  requestFields: ({ delay, abort }) => [
    ...(delay === undefined ? [] : ['config.delay']),
    ...(abort === undefined ? [] : ['config.abort']),
  ],
});
