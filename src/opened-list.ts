import { type Path, Report, type Source, type Where } from './diagnostics/report.ts';
import { isList } from './k8s/list.ts';
import type { Resource } from './k8s/resource.ts';
import { isObject } from './object.ts';
import { readSource } from './read-source.ts';
import { mark, type Recognized, recognize } from './recognition/recognize.ts';
import { typeVerdict } from './recognition/type-verdict.ts';
import { listItems } from './yaml/list-items.ts';
import { opened, type Slice, type TypeMeta } from './yaml/slice.ts';
import { mayMention, mentions, readings } from './yaml/source.ts';

/** A list in which every object is recognized, lists that hold inputs are taken apart, and each object is read at most once. */
export class OpenedList {
  /** The objects in their order; neighbors that wayout does not manage may be one slice, and so is a list of such. */
  readonly slices: Slice[] = [];
  readonly #recognized = new Map<Slice, Recognized>();
  readonly #sources = new Map<Slice, Source | undefined>();
  readonly #items = new Map<Slice, readonly Slice[]>();
  readonly #report: Report;

  /** Near misses, and what nobody can be sure of, are reported. */
  constructor(slices: readonly Slice[], report: Report) {
    this.#report = report;
    for (const slice of slices) this.#add(slice);
  }

  #add(slice: Slice): void {
    if (slice.run !== undefined) {
      // In a run that may hold objects of an earlier render each is looked at.
      const parts = mayMention(slice, [mark]) ? slice.run.open() : slice.run.apart(isForeign);
      for (const part of parts)
        if (part.run === undefined) this.#add(part);
        else this.slices.push(part);
      return;
    }
    const { verdict } = this.#of(slice);
    if (verdict === 'list') for (const item of listItems(slice, this.#report)) this.#add(item);
    else this.slices.push(slice);
    if (typeof verdict !== 'string') {
      const { code, field, args } = verdict;
      this.#report.add(code, placeOf(slice, field), args as never);
    }
  }

  #of(slice: Slice): Recognized {
    const known = this.#recognized.get(slice) ?? recognize(slice);
    this.#recognized.set(slice, known);
    return known;
  }

  /** The inputs, the configuration and the objects of an earlier render, in their order. */
  ours(): readonly Source[] {
    return this.slices.flatMap(slice => (slice.run === undefined && this.#isOurs(slice) ? this.#source(slice) : []));
  }

  #isOurs(slice: Slice): boolean {
    return ['input', 'generated', 'unsure'].some(verdict => verdict === this.#of(slice).verdict);
  }

  /** Every object of some types, also of those in lists that pass as a whole; what cannot be read and holds one of some words is reported. */
  objects(isAsked: IsAsked, telltales: readonly string[] = []): readonly Source[] {
    return this.slices
      .flatMap(slice => this.#objectsIn(slice, isAsked, telltales))
      .filter(({ resource: { apiVersion, kind }, slice }) => isAsked({ apiVersion, kind }, slice));
  }

  #objectsIn(slice: Slice, isAsked: IsAsked, telltales: readonly string[]): readonly Source[] {
    if (slice.run !== undefined) {
      const isThere = [...slice.run.types].some(type => type !== undefined && isAsked(type, slice));
      return isThere ? opened(slice).flatMap(item => this.#objectsIn(item, isAsked, telltales)) : [];
    }
    const { types, isForeignList, isUnreadable } = this.#of(slice);
    if (isForeignList) return this.#itemsIn(slice).flatMap(item => this.#objectsIn(item, isAsked, telltales));
    const isTold = telltales.length > 0 && (isUnreadable || types.length === 0) && mentions(slice, telltales);
    if (!isTold && !types.some(type => isAsked(type, slice))) return [];
    const before = this.#report.diagnostics.length;
    const found = this.#source(slice);
    if (telltales.length > 0 && found.length === 0 && this.#report.diagnostics.length === before)
      this.#report.add('WO1230', placeOf(slice, []), { missing: missingIn(slice) });
    return found;
  }

  /** The items of a list that passes as a whole; what is wrong with it is for others to say. */
  #itemsIn(list: Slice): readonly Slice[] {
    const items = this.#items.get(list) ?? listItems(list, new Report());
    this.#items.set(list, items);
    return items;
  }

  /** The object in a slice, if it is one; what is ours and cannot be read is an error. */
  #source(slice: Slice): readonly Source[] {
    if (!this.#sources.has(slice)) {
      const before = this.#report.diagnostics.length;
      const { verdict, value } = this.#of(slice);
      const source = readSource(slice, this.#report, value);
      const isUnread = this.#report.diagnostics.length === before && source === undefined;
      if (verdict === 'unsure' && this.#report.diagnostics.length === before)
        this.#report.add('WO1228', placeOf(slice, []), {});
      else if (isUnread && this.#isOurs(slice))
        this.#report.add('WO1230', placeOf(slice, []), { missing: missingIn(slice) });
      this.#sources.set(slice, verdict === 'unsure' ? undefined : source);
    }
    const source = this.#sources.get(slice);
    return source === undefined ? [] : [source];
  }
}

/** Objects where every list is taken apart, whatever it holds. */
export function withoutLists(slices: readonly Slice[], report: Report): readonly Slice[] {
  return slices.flatMap(slice =>
    readings(slice).values.some(isList) ? withoutLists(listItems(slice, report), report) : [slice],
  );
}

/** Whether objects of a type are asked for; the slice is one that may hold them. */
type IsAsked = (type: TypeMeta, slice: Slice) => boolean;

const isForeign = (type: TypeMeta): boolean => typeVerdict({ ...type }) === 'foreign';

/** What an object lacks that says what it is. */
function missingIn(slice: Slice): string {
  const [value] = readings(slice).values;
  const { apiVersion, kind } = isObject(value) ? value : {};
  if (typeof apiVersion !== 'string') return 'apiVersion';
  return typeof kind === 'string' ? 'metadata.name' : 'kind';
}

/** The place of a field in what is no input, named by its kind and name as far as it has these. */
function placeOf(slice: Slice, field: Path): Where {
  const [value] = readings(slice).values;
  const metadata = isObject(value) && isObject(value.metadata) ? value.metadata : {};
  const isNamed = isObject(value) && typeof value.kind === 'string' && typeof metadata.name === 'string';
  // Messages read no more of it than was looked at here.
  if (isNamed) return { source: { resource: value as unknown as Resource, slice }, field };
  return field.length > 0 ? { slice, field } : { slice };
}
