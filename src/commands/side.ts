import { lstat, stat } from 'node:fs/promises';
import { posix } from 'node:path';
import { type Diagnostic, Report } from '../diagnostics/report.ts';
import { readDocuments } from '../io/documents.ts';
import { type Revision, readRevision, revisionIn } from '../io/revision.ts';
import type { Io } from '../io/standard.ts';
import type { Resource } from '../k8s/resource.ts';
import { OpenedList } from '../opened-list.ts';
import { isGenerated, read } from '../read.ts';
import { type Input, type Rendered, render } from '../render.ts';
import { egressTelltales, isEgressObject, mayBeEgressObject } from '../review/egress-objects.ts';
import type { Side } from '../review/review.ts';
import type { Slice } from '../yaml/slice.ts';
import { readFolder, readInput } from './input.ts';

/** A side as it was read and rendered: its objects, and what was found on the way. */
export interface ReadSide {
  readonly side: Side;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads the two sides of a comparison and renders them; what is rendered already stays as it is. */
export async function readSides(
  texts: readonly [string, string],
  functionConfig: Slice | undefined,
  io: Io,
): Promise<readonly [ReadSide, ReadSide]> {
  const [base, head] = [await readSide(texts[0], io), await readSide(texts[1], io)];
  return [renderSide(base, head, functionConfig), renderSide(head, base, functionConfig)];
}

/** A side as it was read. */
interface Unrendered {
  /** The folder or file, whether on the disk or in a revision. */
  readonly path: string;
  readonly slices: Input['slices'];
  readonly report: Report;
  /** The revision that has no such path. */
  readonly absentFrom?: string;
}

async function readSide(text: string, io: Io): Promise<Unrendered> {
  const report = new Report();
  const side = await revisionOf(text);
  const path = posix.join(side?.path ?? text).replace(/\/$/, '');
  if (side === undefined) {
    const slices = await readStanding(text, io, report);
    if (slices.length === 0 && !report.failed && text !== '/dev/null') report.add('WO1506', { file: text }, { path });
    return { path, slices, report };
  }
  const files = await readRevision(side, report);
  if (files === 'absent') return { path, slices: [], report, absentFrom: side.revision };
  return { path, slices: (files ?? []).flatMap(({ file, bytes }) => readDocuments(bytes, file, report)), report };
}

/** What stands on the disk: a folder as `wayout generate` takes it, so that a kustomization is built. */
async function readStanding(path: string, io: Io, report: Report): Promise<readonly Slice[]> {
  const isFolder = await stat(path).then(
    found => found.isDirectory(),
    () => false,
  );
  return isFolder ? await readFolder(path, io, report) : (await readInput([path], undefined, io, report)).slices;
}

function renderSide(side: Unrendered, other: Unrendered, functionConfig: Slice | undefined): ReadSide {
  const { path, slices, report, absentFrom } = side;
  if (absentFrom !== undefined) {
    // A folder that the change brings, or takes away, is a change; a misspelt one is none.
    const isMeant = other.path === path && other.absentFrom === undefined;
    report.add(isMeant ? 'WO1505' : 'WO1504', { file: `${absentFrom}:${path}` }, { path });
  }
  if (report.failed) return { side: nothing, diagnostics: report.diagnostics };
  if (isRendered(slices)) return sideOf(slices, [], report);
  const { items, diagnostics } = render({ slices, functionConfig });
  const found = sideOf(items, diagnostics, report);
  return { ...found, side: { ...found.side, standing: standingIn(slices) } };
}

const nothing: Side = { generated: [], foreign: [], standing: [] };

/** The objects of an earlier render, as they stand beside the inputs that are rendered again. */
const standingIn = (slices: readonly Slice[]): readonly Resource[] =>
  read(slices, new Report())
    .generated.map(({ resource }) => resource)
    .filter(isEgressObject);

/** What stands on the disk is meant as it stands, whatever its name looks like. */
async function revisionOf(text: string): Promise<Revision | undefined> {
  const revision = revisionIn(text);
  if (revision === undefined) return undefined;
  return await lstat(text).then(
    () => undefined,
    () => revision,
  );
}

/** Whether a side is what wayout made: then policies for other things may stand beside it, and select nothing any more. */
function isRendered(slices: readonly Slice[]): boolean {
  const { gloo, generated } = read(slices, new Report());
  return generated.length > 0 && !gloo.some(({ resource }) => resource.kind === 'ExternalService');
}

/** The objects that a review is made from; one that cannot be read is an error, since it may be such an object. */
function sideOf(items: Rendered['items'], diagnostics: readonly Diagnostic[], report: Report): ReadSide {
  const slices = items.filter(item => !('resource' in item)) as readonly Slice[];
  const standing = new OpenedList(slices, report).objects(mayBeEgressObject, egressTelltales);
  const made = items.flatMap(item => ('resource' in item ? [item.resource] : []));
  const resources = [...made, ...standing.map(({ resource }) => resource).filter(isEgressObject)];
  const generated = resources.filter(isOurs);
  return {
    side: { generated, foreign: resources.filter(resource => !isOurs(resource)), standing: generated },
    diagnostics: [...report.diagnostics, ...diagnostics],
  };
}

const isOurs = (resource: Resource): boolean => isGenerated({ resource });
