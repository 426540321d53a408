import { below } from '../draft.ts';
import { trafficPolicy } from './traffic-policy.ts';

/** `config` of a `resilience.policy.gloo.solo.io/v2` RetryTimeoutPolicy. */
interface Config {
  readonly retries?: {
    readonly attempts?: number;
    readonly perTryTimeout?: string;
    readonly retryOn?: string;
    readonly retryRemoteLocalities?: boolean;
  };
  readonly requestTimeout?: string;
}

/** How often a call is sent again, and how long it may take. */
export const retryTimeoutPolicy = trafficPolicy<Config, 'patience'>({
  schema: 'retry-timeout-policy',
  part: 'patience',
  read({ retries, requestTimeout }, origin, { report }) {
    const { attempts = 2, perTryTimeout, retryOn, retryRemoteLocalities } = retries ?? {};
    if (retries === undefined && requestTimeout === undefined) {
      report.add('WO2405', origin, {});
      return undefined;
    }
    if (attempts === 0 && [perTryTimeout, retryOn, retryRemoteLocalities].some(field => field !== undefined)) {
      report.add('WO2406', below(origin, 'retries'), { problem: 'no attempts, and what they should be like' });
      return undefined;
    }
    return {
      origin,
      ...(requestTimeout !== undefined && { timeout: requestTimeout }),
      ...(retries !== undefined && {
        retries: {
          attempts,
          ...(perTryTimeout !== undefined && { perTryTimeout }),
          ...(retryOn !== undefined && { on: retryOn }),
          ...(retryRemoteLocalities !== undefined && { remoteLocalities: retryRemoteLocalities }),
        },
      }),
    };
  },
  requestFields: ({ retries, timeout }) => [
    ...(retries === undefined ? [] : ['config.retries']),
    ...(timeout === undefined ? [] : ['config.requestTimeout']),
  ],
});
