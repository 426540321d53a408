import { type ConfigField, configFields } from '#config-fields';
import type { Path, Report, Source, Where } from './diagnostics/report.ts';
import { isObject } from './object.ts';
import { parser } from './on-demand.ts';
import { type Layer, layerOf } from './options.ts';
import { closest } from './spelling.ts';

/** One parameter as Argo CD hands it over; exactly one of the three holds its value. */
interface Parameter {
  readonly name: string;
  readonly string?: string;
  readonly array?: readonly string[];
  readonly map?: Readonly<Record<string, string>>;
}

/** The fields of EgressConfig that a parameter can set. */
export const parameterFields: readonly ConfigField[] = configFields.filter(({ only }) => only === undefined);
const parameterNames = parameterFields.map(({ name }) => name);

/** Messages name the parameter, as the Application does. */
const where = (...field: Path): Where => ({ file: 'parameters', field });

/** Reads `ARGOCD_APP_PARAMETERS`, the highest layer; undefined where an Application has none, or once a reason was reported. */
export function readParameters(text: string | undefined, report: Report): Layer | undefined {
  const parameters = parse(text, report);
  const spec: Record<string, unknown> = {};
  for (const parameter of parameters) {
    const { name } = parameter;
    const field = parameterFields.find(known => known.name === name);
    if (field === undefined) report.add('WO1402', where(name), { name, meant: closest(name, parameterNames) });
    else if (Object.hasOwn(spec, name)) report.add('WO1404', where(name), { name });
    else spec[name] = fieldValue(parameter, field, report);
  }
  if (parameters.length === 0) return undefined;
  // What was reported is left out, so that one run shows what is wrong with the others.
  const sound = Object.fromEntries(Object.entries(spec).filter(([, value]) => value !== undefined));
  const resource = { apiVersion: 'wayout.dev/v1alpha1', kind: 'EgressConfig', metadata: { name: 'parameters' } };
  const source: Source = {
    resource,
    slice: { text: '', form: 'document', file: 'parameters', line: 1, column: 1, index: 0 },
  };
  return layerOf(source, sound, where, report);
}

/** An Application without a plugin section has no parameters, one with an empty section has `null`. */
function parse(text: string | undefined, report: Report): readonly Parameter[] {
  if (text === undefined || text.trim() === '') return [];
  const problem = (found: string): readonly Parameter[] => {
    report.add('WO1401', where(), { found });
    return [];
  };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return problem('it is not JSON');
  }
  if (value === null) return [];
  if (!Array.isArray(value)) return problem('it is not a list');
  const strange = value.findIndex(entry => !isParameter(entry));
  // Checked, each entry of it.
  return strange === -1 ? (value as Parameter[]) : problem(`entry ${strange + 1} is none of that`);
}

const isText = (value: unknown): value is string => typeof value === 'string';

const isParameter = (entry: unknown): entry is Parameter =>
  isObject(entry) &&
  'name' in entry &&
  isText(entry.name) &&
  (!('string' in entry) || isText(entry.string)) &&
  (!('array' in entry) || (Array.isArray(entry.array) && entry.array.every(isText))) &&
  (!('map' in entry) || (isObject(entry.map) && Object.values(entry.map).every(isText)));

/** The value that a parameter gives its field; undefined once a reason was reported. */
function fieldValue(parameter: Parameter, field: ConfigField, report: Report): unknown {
  const { name, string, array, map } = parameter;
  if ([string, array, map].filter(value => value !== undefined).length !== 1) {
    report.add('WO1403', where(name), { name });
    return undefined;
  }
  if (string !== undefined) return read(string, field.form, [name], report);
  const entries = Object.entries(array ?? map ?? {}).map(([key, text]) => {
    const place = array === undefined ? key : Number(key);
    return [key, read(text, field.entries, [name, place], report)] as const;
  });
  if (entries.some(([, value]) => value === undefined)) return undefined;
  return array === undefined ? Object.fromEntries(entries) : entries.map(([, value]) => value);
}

/** A text as the value of a field: itself, or the YAML that it is; undefined once it was reported. */
function read(text: string, form: string, place: Path, report: Report): unknown {
  if (form === 'text') return text;
  const value = parser().parseValue(text);
  if (value === undefined) report.add('WO1405', where(...place), {});
  return value;
}
