import { type Problem, type SchemaName, validators } from '#validators';
import type { Path, Source } from './diagnostics/report.ts';
import { at, type Draft, fieldName } from './draft.ts';
import { closest } from './spelling.ts';

/** The spec of an input, once its schema has passed it; what the schema finds is reported, each at its field. */
export function readSpec<Spec>(source: Source, schema: SchemaName, draft: Pick<Draft, 'report' | 'incomplete'>): Spec | undefined {
  const validate = validators[schema];
  if (validate(source.resource)) {
    // The schema and the type describe the same shape.
    return (source.resource['spec'] ?? {}) as Spec;
  }
  draft.incomplete = true;
  for (const problem of distinct(validate.errors ?? [])) reportProblem(source, problem, draft);
  return undefined;
}

function reportProblem(source: Source, problem: Problem, { report }: Pick<Draft, 'report'>): void {
  const path = pathOf(source.resource, problem.instancePath);
  const { params } = problem;
  if (problem.keyword === 'additionalProperties') {
    const field = String(params['additionalProperty']);
    const known = Object.keys((problem.parentSchema?.['properties'] as object | undefined) ?? {});
    report.add('WO1202', at(source, ...path, field), { field: fieldName([...path, field]), meant: closest(field, known) });
  } else if (problem.keyword === 'required') {
    report.add('WO1203', at(source, ...path), { field: fieldName([...path, String(params['missingProperty'])]) });
  } else {
    const value = valueAt(source.resource, path);
    report.add('WO1201', at(source, ...path), { field: fieldName(path), value: shown(value), wanted: wanted(problem) });
  }
}

function wanted({ keyword, params }: Problem): string {
  if (keyword === 'type') return `of type ${String(params['type'])}`;
  if (keyword === 'enum') return `one of ${String(params['allowedValues']).replaceAll(',', ', ')}`;
  if (keyword === 'const') return String(params['allowedValue']);
  if (keyword === 'minItems' || keyword === 'minProperties') return `a list of at least ${String(params['limit'])}`;
  if (keyword === 'minLength') return 'a text that is not empty';
  if (keyword === 'pattern') return `of the form ${String(params['pattern'])}`;
  if (keyword === 'minimum') return `at least ${String(params['limit'])}`;
  return keyword === 'maximum' ? `at most ${String(params['limit'])}` : keyword;
}

/** A JSON pointer as a path; a number is an index only where the object has a list. */
function pathOf(value: unknown, pointer: string): Path {
  const parts = pointer.split('/').slice(1).map(part => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  let at: unknown = value;
  return parts.map(part => {
    const key = Array.isArray(at) ? Number(part) : part;
    at = valueAt(at, [key]);
    return key;
  });
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((at, key) => (typeof at === 'object' && at !== null ? (at as Record<string | number, unknown>)[key] : undefined), value);
}

/** A value as a message shows it: short, on one line. */
function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'absent';
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** ajv repeats a problem for each branch of a schema. */
const distinct = (problems: readonly Problem[]): readonly Problem[] => [
  ...new Map(problems.map(problem => [`${problem.instancePath} ${problem.keyword} ${JSON.stringify(problem.params)}`, problem])).values(),
];
