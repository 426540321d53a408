import { configFields } from '#config-fields';
import { readAddress } from './addresses.ts';
import type { Config } from './config.ts';
import type { Path, Report, Source, Where } from './diagnostics/report.ts';
import { at } from './draft.ts';
import { checkGuard, checkNamespaces } from './guard-config.ts';
import { canonicalHost } from './hosts.ts';
import { isLabel } from './k8s/names.ts';
import { reportKeys, reportMetadataKeys } from './object-keys.ts';
import { parser } from './on-demand.ts';
import { readSpec } from './schemas.ts';

/** What EgressConfig says where it says nothing; `schemas/egress-config.json` documents the same values. */
export const defaults: Config = {
  trustDomain: 'cluster.local',
  namespaces: [],
  workspaces: [],
  gateways: [],
  routeGateways: {},
  visibility: {},
  virtualAddresses: {},
  dnsCapture: false,
  outboundTrafficPolicy: 'ALLOW_ANY',
  registryOnly: [],
  overlap: 'error',
  sources: 'drop',
  part: 'all',
  allowEmpty: false,
  syncWaves: false,
};

/** The fields that one layer alone may have: they say nothing of the render. */
interface OwnFields {
  readonly resources?: readonly object[];
  readonly locked?: readonly string[];
  readonly claimed?: readonly { readonly host?: string; readonly address?: string; readonly by: string }[];
}

/** One layer of configuration: what it says, and where it says it. */
export interface Layer {
  readonly source: Source;
  readonly spec: Partial<Config> & OwnFields;
  /** The place of a field: `spec.gateways`, or `data.gateways` in a ConfigMap. */
  readonly at: (...field: Path) => Where;
}

/** Reads one layer: an EgressConfig, or a ConfigMap whose data has the same fields, nested values as YAML text. */
export function readLayer(source: Source, report: Report): Layer | undefined {
  const { kind, apiVersion, data } = source.resource;
  reportMetadataKeys(source, report);
  if (kind === 'ConfigMap' && apiVersion === 'v1') {
    reportKeys(source, ['apiVersion', 'kind', 'metadata', 'data', 'immutable'], report);
    const where = (...field: Path): Where => at(source, 'data', ...field);
    const entries = typeof data === 'object' && data !== null ? Object.entries(data) : [];
    const values = entries.map(([key, text]) => [key, fieldValue(key, text, where(key), report)] as const);
    // What was reported is left out: it would stand in the place of a default.
    const sound = values.filter(([, value]) => value !== undefined);
    return layerOf(source, Object.fromEntries(sound), where, report);
  }
  if (kind !== 'EgressConfig') {
    report.add('WO1207', at(source, 'kind'), { kind });
    return undefined;
  }
  const spec = readSpec<Layer['spec']>(source, 'egress-config', { report, incomplete: false });
  return spec && checked({ source, spec, at: (...field) => at(source, 'spec', ...field) }, report);
}

/** A ConfigMap has text alone: what is not a text field is YAML. */
function fieldValue(key: string, text: unknown, where: Where, report: Report): unknown {
  if (typeof text !== 'string' || configFields.find(({ name }) => name === key)?.form === 'text') return text;
  const value = parser().parseValue(text);
  if (value === undefined) report.add('WO1209', where, { key });
  return value;
}

/** A layer whose fields do not stand in an EgressConfig; what is wrong with one is reported where the user wrote it. */
export function layerOf(source: Source, spec: object, where: Layer['at'], report: Report): Layer | undefined {
  const shaped = { apiVersion: 'wayout.dev/v1alpha1', kind: 'EgressConfig', metadata: source.resource.metadata, spec };
  const read = readSpec<Layer['spec']>(
    { ...source, resource: shaped },
    'egress-config',
    { report, incomplete: false },
    { shown: ([, ...field]) => where(...field) },
  );
  return read && checked({ source, spec: read, at: where }, report);
}

/** What no schema can say: addresses and names that are none. */
function checked(layer: Layer, report: Report): Layer {
  if (layer.spec.guard !== undefined) checkGuard(layer.spec.guard, layer.at('guard'), report);
  checkNamespaces(layer.spec.registryOnly ?? [], layer.at('registryOnly'), report);
  for (const [host, text] of Object.entries(layer.spec.virtualAddresses ?? {})) {
    const address = readAddress(text);
    if (address === undefined || address.range || address.ip.range() === 'unspecified') {
      report.add('WO2027', layer.at('virtualAddresses', host), { host, address: text });
    }
  }
  for (const [service, namespaces] of Object.entries(layer.spec.visibility ?? {})) {
    for (const [index, namespace] of namespaces.entries()) {
      // `.` and `~` mean something else in exportTo.
      if (namespace !== '*' && !isLabel(namespace))
        report.add('WO1216', layer.at('visibility', service, index), {
          value: namespace,
          what: 'namespace',
        });
    }
  }
  return layer;
}

/** Layers merged, the later wins field by field; absent fields get their defaults, the namespace that of a deployment. */
export const merge = (layers: readonly Layer[], namespace: string | undefined): Config =>
  Object.assign(
    {},
    defaults,
    namespace !== undefined && { namespace },
    ...layers.map(({ spec: { resources: _, locked: __, claimed: ___, ...spec } }) => spec),
  );

/** Reports names in EgressConfig that no service of the list bears; only the last layer that speaks counts. */
export function reportUnused(
  layers: readonly Layer[],
  services: readonly {
    readonly name: string;
    readonly namespace: string;
    readonly hosts: readonly { readonly name: string }[];
  }[],
  report: Report,
): void {
  const ids = new Set(services.map(({ namespace, name }) => `${namespace}/${name}`));
  const hosts = new Set(services.flatMap(service => service.hosts.map(({ name }) => name)));
  const checks = [
    { field: 'visibility', known: (key: string) => ids.has(key) },
    { field: 'virtualAddresses', known: (key: string) => hosts.has(canonicalHost(key)) },
  ] as const;
  for (const { field, known } of checks) {
    const layer = layers.findLast(({ spec }) => spec[field] !== undefined);
    for (const key of Object.keys(layer?.spec[field] ?? {})) {
      if (layer !== undefined && !known(key)) report.add('WO2028', layer.at(field, key), { field, key });
    }
  }
}
