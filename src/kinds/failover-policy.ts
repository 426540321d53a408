import { below, type DraftService } from '../draft.ts';
import { qualified } from '../k8s/resource.ts';
import type { Failover } from '../traffic.ts';
import { trafficPolicy } from './traffic-policy.ts';

/** `config` of a `resilience.policy.gloo.solo.io/v2` FailoverPolicy. */
interface Config {
  readonly localityMappings?: readonly Mapping[];
  readonly priorityLabels?: { readonly labels?: readonly string[] };
}

interface Mapping {
  readonly from?: Locality;
  readonly to?: readonly (Locality & { readonly weight?: number })[];
}

interface Locality {
  readonly region?: string;
  readonly zone?: string;
  readonly subZone?: string;
}

/** Where calls go once the near endpoints fail. Istio knows an order of regions, or shares of localities, or an order by labels. */
export const failoverPolicy = trafficPolicy<Config, 'failover'>({
  schema: 'failover-policy',
  part: 'failover',
  read({ localityMappings = [], priorityLabels }, origin, { report }) {
    const mappings = localityMappings.filter(({ to = [] }) => to.length > 0);
    const weighted = mappings.some(({ to = [] }) => to.some(({ weight }) => weight !== undefined));
    const labels = priorityLabels?.labels ?? [];
    const problems = [
      ...localityMappings.map((mapping, index) => ({
        problem: mappings.includes(mapping) ? (weighted ? shareProblem : regionProblem)(mapping) : undefined,
        where: below(origin, 'localityMappings', index),
      })),
      { problem: twice(mappings.map(({ from = {} }) => textOf(from))), where: below(origin, 'localityMappings') },
      { problem: twice(labels.map(label => label.split('=')[0] ?? '')), where: below(origin, 'priorityLabels') },
    ].flatMap(({ problem, where }) => (problem === undefined ? [] : { problem, where }));
    for (const { problem, where } of problems) report.add('WO2410', where, { problem });
    const both = localityMappings.length > 0 && priorityLabels !== undefined;
    if (both) report.add('WO2406', origin, { problem: 'config.localityMappings and config.priorityLabels' });
    if (both || problems.length > 0) return undefined;
    return {
      origin,
      labels,
      regions: weighted
        ? []
        : mappings.flatMap(({ from, to }) => ({ from: from?.region ?? '', to: to?.[0]?.region ?? '' })),
      shares: weighted ? mappings.map(({ from = {}, to = [] }) => ({ from: textOf(from), to: sharesOf(to) })) : [],
    };
  },
  requestFields: () => [],
  serves(part, { service, port, origin }, { report }) {
    const id = `ExternalService ${qualified(service)}`;
    const related = [{ words: 'the service stands at', where: service.origin }];
    const why = idle(part, service);
    if (why === undefined) {
      for (const place of deserted(part, service))
        report.add(
          'WO2409',
          part.origin,
          { what: `locality ${place}`, why: `no endpoint of ${id} lies there` },
          related,
        );
      return true;
    }
    report.add('WO2409', origin, { what: `port "${port.name}" of ${id}`, why }, related);
    return false;
  },
});

/** Why a policy would do nothing for a service. */
function idle({ labels }: Failover, { endpoints }: DraftService): string | undefined {
  if (endpoints.length < 2) return 'the service has no two endpoints to choose from';
  const localities = new Set(endpoints.flatMap(({ locality }) => locality ?? []));
  return labels.length === 0 && localities.size < 2 ? 'its endpoints do not lie in two localities' : undefined;
}

/** The localities that a policy sends calls to, and where the service has no endpoint. */
const deserted = ({ regions, shares }: Failover, { endpoints }: DraftService): readonly string[] =>
  [...regions.map(({ to }) => `${to}/*`), ...shares.flatMap(({ to }) => Object.keys(to))].filter(
    place => !endpoints.some(({ locality }) => locality !== undefined && lies(locality.split('/'), place.split('/'))),
  );

const lies = (locality: readonly string[], place: readonly string[]): boolean =>
  place.every((part, index) => part === '*' || part === locality[index]);

/** From one region to one other: finer places and several of them Istio takes only with weights. */
function regionProblem({ from = {}, to = [] }: Mapping): string | undefined {
  const places = [from, ...to];
  if (places.some(({ region }) => region === undefined)) return 'a region is missing';
  if (places.some(({ zone, subZone }) => zone !== undefined || subZone !== undefined))
    return 'it names a zone without weights';
  if (to.length > 1) return `${textOf(from)} has several regions to go to, without weights`;
  return to[0]?.region === from.region ? `${textOf(from)} would fail over to itself` : undefined;
}

/** The shares of one locality are per cent. */
function shareProblem({ from = {}, to = [] }: Mapping): string | undefined {
  const weights = to.map(({ weight = 0 }) => weight);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const text = weights.map(weight => (weight === 0 ? 'none' : weight)).join(' + ');
  return sum !== 100 || weights.includes(0)
    ? `the weights for ${textOf(from)} are ${text}`
    : twice(to.map(place => textOf(place)));
}

const sharesOf = (to: NonNullable<Mapping['to']>): Readonly<Record<string, number>> =>
  Object.fromEntries(to.map(({ weight = 0, ...place }) => [textOf(place), weight]));

const twice = (texts: readonly string[]): string | undefined => {
  const text = texts.find((each, index) => texts.indexOf(each) < index);
  return text === undefined ? undefined : `${text} stands twice`;
};

/** A locality as Istio writes it: what is not given is any. */
const textOf = ({ region, zone, subZone }: Locality): string =>
  region === undefined ? '*' : [region, zone ?? '*', ...(zone === undefined ? [] : [subZone ?? '*'])].join('/');
