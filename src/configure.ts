import { isDeepStrictEqual } from 'node:util';
import type { Config } from './config.ts';
import type { Report, Source } from './diagnostics/report.ts';
import { OpenedList } from './opened-list.ts';
import { type Layer, merge, readLayer } from './options.ts';
import { readParameters } from './parameters.ts';
import { type Claim, claimsOf, readPlatform, reportLocked } from './platform.ts';
import { readSource } from './read-source.ts';
import { printItem } from './yaml/print.ts';
import type { Slice } from './yaml/slice.ts';

/** What configures a render: the merged fields, the layers they came from, and what a generator carries in itself. */
export interface Configuration {
  readonly config: Config;
  readonly layers: readonly Layer[];
  /** The objects of `spec.resources`, as a list item each. */
  readonly resources: readonly Slice[];
  /** The Workspaces that EgressConfig carries from another repository; messages name the configuration's own place. */
  readonly workspaces: readonly Source[];
  /** The objects of the list that are configuration: they leave the output. */
  readonly sources: readonly Source[];
  /** The hosts and addresses of other repositories. */
  readonly claims: readonly Claim[];
}

/** The layers of configuration that do not stand in the list. */
export interface Given {
  readonly functionConfig?: Slice | undefined;
  /** The EgressConfig documents of whoever runs the platform: the lowest layers, and what they lock. */
  readonly platform?: readonly Slice[] | undefined;
  /** Argo CD's parameters as it hands them over, in JSON. */
  readonly parameters?: string | undefined;
  /** The namespace of inputs where no layer names one. */
  readonly destination?: string | undefined;
}

/** Merges the layers: the platform's, the list's EgressConfig, the functionConfig, the parameters; the later wins. A second document that differs is an error. */
export function configure(
  configs: readonly Source[],
  { functionConfig, platform = [], parameters, destination }: Given,
  report: Report,
): Configuration {
  const given = functionConfig === undefined ? undefined : readGiven(functionConfig, report);
  const documents = configs.filter(({ resource }) => given === undefined || !isSame(resource, given.resource));
  const [document, ...others] = documents;
  for (const other of others) {
    if (document !== undefined && !isDeepStrictEqual(other.resource.spec, document.resource.spec)) {
      report.add('WO1206', { source: other }, {}, [{ words: 'the first stands at', where: { source: document } }]);
    }
  }
  const lowest = platform.flatMap(slice => readPlatform(slice, report) ?? []);
  const repository = [document, given].flatMap(source => (source && readLayer(source, report)) ?? []);
  const above = [...repository, readParameters(parameters, report)].filter(layer => layer !== undefined);
  reportLocked(lowest, above, merge(lowest, destination), report);
  const layers = [...lowest, ...above];
  const own = layers.find(({ source }) => source === given);
  const resources = (own?.spec.resources ?? []).map((resource, index) => itemOf(resource, index, functionConfig));
  const config = merge(layers, destination);
  // The last layer that names workspaces is the one that counts.
  const carrier = layers.findLast(({ spec }) => spec.workspaces !== undefined)?.source;
  const workspaces =
    carrier === undefined ? [] : config.workspaces.map(resource => ({ resource, slice: carrier.slice }));
  return { config, layers, resources, workspaces, sources: configs, claims: claimsOf(lowest, report) };
}

/** A functionConfig; what is none, or one that nobody is sure of, is reported: what it was to close would be open. */
function readGiven(functionConfig: Slice, report: Report): Source | undefined {
  const before = report.diagnostics.length;
  const [slice = functionConfig] = new OpenedList([functionConfig], report).slices;
  const source = readSource(slice, report);
  if (source === undefined && report.diagnostics.length === before)
    report.add('WO1207', { slice }, { kind: 'document without apiVersion, kind or name' });
  return source;
}

/** kustomize hands a function's own configuration to it once more, as an item. */
const isSame = (one: Source['resource'], other: Source['resource']): boolean =>
  one.kind === other.kind && one.metadata.name === other.metadata.name && isDeepStrictEqual(one.spec, other.spec);

const itemOf = (resource: object, index: number, functionConfig: Slice | undefined): Slice => ({
  text: printItem(resource, 0),
  form: 'block',
  line: functionConfig?.line ?? 1,
  column: 1,
  index,
});
