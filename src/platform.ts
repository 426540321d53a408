import { isDeepStrictEqual } from 'node:util';
import { configFields } from '#config-fields';
import { readAddress } from './addresses.ts';
import type { Config } from './config.ts';
import type { Report, Where } from './diagnostics/report.ts';
import { canonicalHost, hostForm } from './hosts.ts';
import { type Layer, readLayer } from './options.ts';
import { readSource } from './read-source.ts';
import { closest } from './spelling.ts';
import { printFlow } from './yaml/print.ts';
import type { Slice } from './yaml/slice.ts';

/** A host or an address that belongs to external services of another repository. */
export interface Claim {
  readonly origin: Where;
  /** As it is compared: a host in lower case, an address or a masked range in its one spelling. */
  readonly value: string;
  readonly kind: 'host' | 'address';
  /** A namespace, or one external service as `namespace/name`. */
  readonly by: string;
}

/** Reads one document of the platform's; what is no configuration is reported, since its locks would hold nothing. */
export function readPlatform(slice: Slice, report: Report): Layer | undefined {
  const source = readSource(slice, report);
  if (source === undefined && !report.failed) report.add('WO1426', { slice }, {});
  return source && readLayer(source, report);
}

/** Reports what a repository or an Application says of fields that the platform has locked, or that are the platform's alone. */
export function reportLocked(
  platform: readonly Layer[],
  others: readonly Layer[],
  fixed: Config,
  report: Report,
): void {
  const names = configFields.filter(({ only }) => only === undefined).map(({ name }) => name);
  for (const layer of platform) {
    for (const [index, field] of (layer.spec.locked ?? []).entries()) {
      const where = layer.at('locked', index);
      if (!names.includes(field)) report.add('WO1422', where, { field, meant: closest(field, names) });
      for (const other of others) {
        const [given, value] = [saidOf(other.spec, field), saidOf(fixed, field)];
        if (given !== undefined && !isDeepStrictEqual(given, value))
          report.add('WO1420', other.at(field), { field, value: value === undefined ? 'unset' : printFlow(value) }, [
            { words: 'locked at', where },
          ]);
      }
    }
  }
  for (const { name } of configFields.filter(({ only }) => only === 'platform'))
    for (const other of others)
      if (Object.hasOwn(other.spec, name)) report.add('WO1421', other.at(name), { field: name });
}

const saidOf = (spec: object, field: string): unknown => Object.entries(spec).find(([name]) => name === field)?.[1];

/** What the platform says that others have; a claim that is none is reported. */
export const claimsOf = (platform: readonly Layer[], report: Report): readonly Claim[] =>
  platform.flatMap(layer =>
    (layer.spec.claimed ?? []).flatMap(({ host, address, by }, index): Claim[] => {
      const origin = layer.at('claimed', index);
      const form = host === undefined ? undefined : hostForm(canonicalHost(host));
      if (host !== undefined && address === undefined && (form === 'name' || form === 'wildcard'))
        return [{ origin, value: canonicalHost(host), kind: 'host', by }];
      const read = host === undefined && address !== undefined ? readAddress(address) : undefined;
      if (read !== undefined) return [{ origin, value: read.text, kind: 'address', by }];
      report.add('WO1423', origin, {});
      return [];
    }),
  );
