import type { Where } from '../diagnostics/report.ts';
import { below, type Draft } from '../draft.ts';
import { isHeaderName } from '../header-name.ts';
import type { HeaderChanges } from '../traffic.ts';
import { trafficPolicy } from './traffic-policy.ts';

/** `config` of a `trafficcontrol.policy.gloo.solo.io/v2` HeaderManipulationPolicy. */
interface Config {
  readonly appendRequestHeaders?: Readonly<Record<string, string>>;
  readonly removeRequestHeaders?: readonly string[];
  readonly appendResponseHeaders?: Readonly<Record<string, string>>;
  readonly removeResponseHeaders?: readonly string[];
}

/** Headers that a proxy adds and removes. */
export const headerManipulationPolicy = trafficPolicy<Config, 'headers'>({
  schema: 'header-manipulation-policy',
  part: 'headers',
  read(config, origin, draft) {
    for (const field of ['appendRequestHeaders', 'appendResponseHeaders'] as const) {
      for (const [name, value] of Object.entries(config[field] ?? {}))
        reportHeader(name, value, below(origin, field, name), draft);
    }
    for (const field of ['removeRequestHeaders', 'removeResponseHeaders'] as const)
      for (const [index, name] of (config[field] ?? []).entries())
        reportHeader(name, '', below(origin, field, index), draft);
    const request = changes(config.appendRequestHeaders, config.removeRequestHeaders);
    const response = changes(config.appendResponseHeaders, config.removeResponseHeaders);
    if (isEmpty(request) && isEmpty(response)) {
      draft.report.add('WO2405', origin, {});
      return undefined;
    }
    return { origin, request, response };
  },
  united(first, second) {
    const request = both(first.request, second.request);
    const response = both(first.response, second.response);
    return request === undefined || response === undefined ? undefined : { origin: first.origin, request, response };
  },
  requestFields: ({ request, response }) => [
    ...(isEmpty(request) ? [] : ['the change of request headers']),
    ...(isEmpty(response) ? [] : ['the change of response headers']),
  ],
});

const changes = (add: HeaderChanges['add'] = {}, remove: HeaderChanges['remove'] = []): HeaderChanges => ({
  add,
  remove,
});

/** Changes of different headers are made together. */
function both(one: HeaderChanges, other: HeaderChanges): HeaderChanges | undefined {
  const names = [one, other].map(({ add, remove }) => [...Object.keys(add), ...remove].map(name => name.toLowerCase()));
  if (names[0]?.some(name => names[1]?.includes(name)) === true) return undefined;
  return { add: { ...one.add, ...other.add }, remove: [...one.remove, ...other.remove] };
}

const isEmpty = ({ add, remove }: HeaderChanges): boolean => Object.keys(add).length + remove.length === 0;

/** What Istio and Envoy refuse; at a gateway one such value would stop the routes of all its services. */
function reportHeader(name: string, value: string, where: Where, { report }: Draft): void {
  if (!isHeaderName(name) || name.toLowerCase() === 'host')
    report.add('WO2414', where, { what: `"${name}"`, why: 'is no header that may be changed' });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a header may not hold them.
  else if (/[\u0000-\u0008\u000a-\u001f\u007f]/.test(value) || !/^([^%]|%%|%\w+(\([^()%]*\))?(:\d+)?%)*$/.test(value))
    report.add('WO2414', where, {
      what: `the value of ${name}`,
      why: 'holds a single % or a character that no header may hold',
    });
}
