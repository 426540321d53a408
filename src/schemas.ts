import { type SchemaName, schemaOf } from '#schemas';
import type { Problem } from '#validators';
import type { Path, Source, Where } from './diagnostics/report.ts';
import { at, type Draft, fieldName } from './draft.ts';
import { fits } from './fits.ts';
import { validators } from './on-demand.ts';
import { placeholderIn } from './placeholder.ts';
import { closest } from './spelling.ts';
import { valueAt } from './value-at.ts';

/** How an input is read, where it is not as it stands. */
interface Manner {
  /** Where the user wrote a field, if that is not where the schema has it. */
  readonly shown?: (path: Path) => Where;
  /** Whether an unknown field is left out with a warning. */
  readonly ignores?: (path: Path) => boolean;
}

/** The spec of an input, once its schema has passed it; what the schema finds is reported, each at its field. */
export function readSpec<Spec>(
  source: Source,
  schema: SchemaName,
  draft: Pick<Draft, 'report' | 'incomplete'> & Partial<Pick<Draft, 'judged'>>,
  { shown = path => at(source, ...path), ignores = () => false }: Manner = {},
): Spec | undefined {
  // The schema and the type describe the same shape.
  const spec = (source.resource.spec ?? {}) as Spec;
  draft.judged?.add(source);
  if (fits(source.resource, schemaOf(schema))) return spec;
  const validate = validators().validators[schema];
  if (validate(source.resource)) return spec;
  const found = distinct(validate.errors ?? []);
  const ignored = found.filter(problem => unknownField(source, problem, ignores));
  for (const problem of ignored) reportProblem(source, problem, 'WO2401', shown, draft);
  if (ignored.length === found.length) return spec;
  draft.incomplete = true;
  const problems = found.filter(problem => !ignored.includes(problem));
  const misspelt = new Set(problems.map(problem => `${problem.instancePath}/${meantBy(problem)}`));
  for (const problem of problems) {
    // A field that is missing because it is misspelt was named already.
    if (
      problem.keyword === 'required' &&
      misspelt.has(`${problem.instancePath}/${String(problem.params.missingProperty)}`)
    )
      continue;
    reportProblem(source, problem, 'WO1202', shown, draft);
  }
  return undefined;
}

/** Whether a problem is an unknown field of those that are ignored. */
function unknownField(
  { resource }: Source,
  { keyword, instancePath, params }: Problem,
  ignores: (path: Path) => boolean,
) {
  const field = String(params.additionalProperty);
  return keyword === 'additionalProperties' && ignores([...pathOf(resource, instancePath), field]);
}

function reportProblem(
  source: Source,
  problem: Problem,
  unknown: 'WO1202' | 'WO2401',
  shown: (path: Path) => Where,
  { report }: Pick<Draft, 'report'>,
): void {
  const path = pathOf(source.resource, problem.instancePath);
  const where = shown(path);
  const named = (...field: readonly string[]): string => fieldName([...(where.field ?? []), ...field]);
  if (problem.keyword === 'additionalProperties') {
    const field = String(problem.params.additionalProperty);
    report.add(unknown, shown([...path, field]), { field: named(field), meant: meantBy(problem) });
  } else if (problem.keyword === 'required') {
    report.add('WO1203', where, { field: named(String(problem.params.missingProperty)) });
  } else {
    const value = valueAt(source.resource, path);
    report.add('WO1201', where, { field: named(), value: textOf(value), wanted: wanted(problem, value) });
  }
}

/** The known field that an unknown one most likely is. */
function meantBy({ keyword, params, parentSchema }: Problem): string | undefined {
  if (keyword !== 'additionalProperties') return undefined;
  return closest(
    String(params.additionalProperty),
    Object.keys((parentSchema?.properties as object | undefined) ?? {}),
  );
}

const types: Readonly<Record<string, string>> = {
  array: 'a list',
  object: 'a mapping',
  string: 'a text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
};

function wantedType(type: string, value: unknown): string {
  const isWord = typeof value === 'number' || typeof value === 'boolean';
  // YAML 1.1 takes these for booleans.
  if (type === 'boolean' && /^(y|n|yes|no|on|off)$/i.test(String(value))) return 'written as true or false';
  const hint =
    type === 'string'
      ? isWord && ' (put quotes around it)'
      : typeof value === 'string' &&
        placeholderIn(value) === undefined &&
        type !== 'array' &&
        type !== 'object' &&
        ' (without quotes)';
  return `${types[type] ?? type}${hint || ''}`;
}

function wanted({ keyword, params, parentSchema = {} }: Problem, value: unknown): string {
  const { minimum, maximum } = parentSchema;
  if (keyword === 'type') return wantedType(String(params.type), value);
  if ((keyword === 'minimum' || keyword === 'maximum') && minimum !== undefined && maximum !== undefined) {
    return `a number from ${String(minimum)} to ${String(maximum)}`;
  }
  if (keyword === 'enum') return `one of ${String(params.allowedValues).replaceAll(',', ', ')}`;
  if (keyword === 'const') return String(params.allowedValue);
  if (keyword === 'minItems') return 'a list with an entry';
  if (keyword === 'minProperties') return 'a mapping with a key';
  if (keyword === 'minLength') return 'a text that is not empty';
  // A schema says its patterns in words too.
  if (keyword === 'pattern') return String(parentSchema['x-form'] ?? `of the form ${String(params.pattern)}`);
  return keyword;
}

/** A JSON pointer as a path; a number is an index only where the object has a list. */
function pathOf(value: unknown, pointer: string): Path {
  const parts = pointer
    .split('/')
    .slice(1)
    .map(part => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  let at: unknown = value;
  return parts.map(part => {
    const key = Array.isArray(at) ? Number(part) : part;
    at = valueAt(at, [key]);
    return key;
  });
}

/** A value as a message shows it: short, on one line. */
function textOf(value: unknown): string {
  const text = JSON.stringify(value) ?? 'absent';
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** ajv repeats a problem for each branch of a schema. */
const distinct = (problems: readonly Problem[]): readonly Problem[] => [
  ...new Map(
    problems.map(problem => [`${problem.instancePath} ${problem.keyword} ${JSON.stringify(problem.params)}`, problem]),
  ).values(),
];
