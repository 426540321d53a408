import { labelText } from '../k8s/labels.ts';
import type { Resource } from '../k8s/resource.ts';
import { fieldsOf, labelsOf, listOf, textsOf } from '../rules/foreign.ts';
import { numberOf, specOf, textOf } from './objects.ts';

/** Where a route of a VirtualService leads. */
export interface Destination {
  readonly host: string;
  readonly port: number;
  readonly subset?: string;
  /** The share of the calls that go there, in percent; absent where all do. */
  readonly share?: number;
}

/** One route of a VirtualService: whose calls it takes, and where they go. */
export interface Leg {
  /** `mesh`, or references to Gateways. */
  readonly from: readonly string[];
  /** The port it speaks of; undefined for any. */
  readonly port: number | undefined;
  /** The labels of the pods whose sidecars follow it: `{app=checkout}`; undefined for all. */
  readonly workloads: string | undefined;
  readonly destinations: readonly Destination[];
  /** Where copies of the calls go: `5 % to copy.example:80`. */
  readonly copies: readonly string[];
}

/** The routes of VirtualServices, in their order. */
export const legsOf = (virtualServices: readonly Resource[]): readonly Leg[] =>
  virtualServices.flatMap(resource => {
    const spec = specOf(resource);
    const gateways = textsOf(spec.gateways);
    return [spec.http, spec.tls, spec.tcp]
      .flatMap(listOf)
      .map(fieldsOf)
      .flatMap(entry => legs(entry, gateways.length > 0 ? gateways : ['mesh']));
  });

function legs(entry: Readonly<Record<string, unknown>>, gateways: readonly string[]): readonly Leg[] {
  const destinations = destinationsOf(listOf(entry.route).map(fieldsOf));
  const matches = listOf(entry.match).map(fieldsOf);
  return (matches.length > 0 ? matches : [{}]).map(match => ({
    from: textsOf(match.gateways).length > 0 ? textsOf(match.gateways) : gateways,
    port: typeof match.port === 'number' ? match.port : undefined,
    workloads: podsOf(labelsOf(match.sourceLabels)),
    destinations,
    copies: copiesOf(entry),
  }));
}

const podsOf = (labels: Readonly<Record<string, string>>): string | undefined =>
  Object.keys(labels).length === 0 ? undefined : labelText(labels);

function destinationOf(value: unknown): Destination {
  const { host, port, subset } = fieldsOf(value);
  return {
    host: textOf(host) ?? '',
    port: numberOf(fieldsOf(port).number),
    ...(typeof subset === 'string' && { subset }),
  };
}

/** Istio divides calls by weight; a destination without weight gets calls only where none has one. */
function destinationsOf(routes: readonly Readonly<Record<string, unknown>>[]): readonly Destination[] {
  const weights = routes.map(({ weight }) => numberOf(weight));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return routes.flatMap(({ destination }, index): readonly Destination[] => {
    const weight = weights[index] ?? 0;
    if (sum > 0 && weight === 0 && routes.length > 1) return [];
    const share = sum === 0 ? 100 / routes.length : (100 * weight) / sum;
    return [{ ...destinationOf(destination), ...(routes.length > 1 && { share }) }];
  });
}

function copiesOf({ mirror, mirrorPercentage, mirrors }: Readonly<Record<string, unknown>>): readonly string[] {
  const one = mirror === undefined ? [] : [{ destination: mirror, percentage: mirrorPercentage }];
  return [...one, ...listOf(mirrors).map(fieldsOf)].map(({ destination, percentage }) => {
    const { host, port } = destinationOf(destination);
    return `${numberOf(fieldsOf(percentage).value ?? 100)} % copied to ${host}${port === 0 ? '' : `:${port}`}`;
  });
}
