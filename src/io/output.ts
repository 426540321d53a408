import { lstat, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Report } from '../diagnostics/report.ts';
import type { Generated } from '../emit.ts';
import type { Resource } from '../k8s/resource.ts';
import { isGenerated } from '../read.ts';
import { readSource } from '../read-source.ts';
import type { Rendered } from '../render.ts';
import { readDocuments, writeDocuments } from './documents.ts';
import { codeOf, reasonOf } from './system-error.ts';

/** What would change in an output folder: the text of a file before and after, undefined where there is none. */
export interface Change {
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** Compares a folder with what is to be in it; the files of wayout that nothing yields any more have no `after`. */
export async function compare(folder: string, items: Rendered['items'], report: Report): Promise<Change[]> {
  const wanted = filesOf(items.filter(item => 'resource' in item));
  // Where the folder is also an input, an object of another list's source passes, and stays.
  const passing = new Set(items.flatMap(item => ('text' in item && item.file !== undefined ? resolve(item.file) : [])));
  const present = await yamlFiles(folder, report);
  if (report.failed) return [];
  const changes: Change[] = [];
  for (const [name, objects] of wanted) {
    const path = join(folder, name);
    const after = writeDocuments(objects);
    const before = await textOf(path, report);
    if (before === after) continue;
    if (before !== undefined && !isOurs(before)) report.add('WO1106', { file: path }, { path });
    changes.push({ path, before, after });
  }
  for (const name of present) {
    const path = join(folder, name);
    if (wanted.has(name) || passing.has(resolve(path))) continue;
    const before = await textOf(path, new Report());
    if (before !== undefined && isOurs(before)) changes.push({ path, before, after: undefined });
  }
  return changes;
}

/** Makes the changes; a file is whole or as it was, whatever happens meanwhile. */
export async function apply(folder: string, changes: readonly Change[], report: Report): Promise<void> {
  for (const { path, after } of changes) {
    try {
      await mkdir(folder, { recursive: true });
      if (after === undefined) {
        await rm(path);
        continue;
      }
      const temporary = `${path}.${process.pid}.tmp`;
      await writeFile(temporary, after, { flag: 'wx' });
      await rename(temporary, path);
    } catch (error) {
      addWriteError(path, error, report);
    }
  }
}

/** The objects by the name of their file; two whose names come out alike share it. */
function filesOf(generated: readonly Generated[]): Map<string, Generated[]> {
  const files = new Map<string, Generated[]>();
  for (const object of generated) {
    const name = fileName(object.resource);
    files.set(name, [...(files.get(name) ?? []), object]);
  }
  return new Map([...files].sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** `<namespace>-<kind>-<name>.yaml`: never a path, whatever the name of the object. */
const fileName = ({ kind, metadata: { namespace, name } }: Resource): string =>
  `${[...(namespace === undefined ? [] : [namespace]), kind, name].join('-')}.yaml`
    .toLowerCase()
    .replace(/[^a-z0-9.-]/g, '-');

/** The text of a file; undefined where there is none. What is no plain file, such as a link, is in the way. */
async function textOf(path: string, report: Report): Promise<string | undefined> {
  try {
    if ((await lstat(path)).isFile()) return await readFile(path, 'utf8');
    report.add('WO1106', { file: path }, { path });
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') addWriteError(path, error, report);
  }
  return undefined;
}

async function yamlFiles(folder: string, report: Report): Promise<string[]> {
  try {
    return (await readdir(folder)).filter(name => name.endsWith('.yaml')).sort();
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') addWriteError(folder, error, report);
    return [];
  }
}

/** Whether wayout made every object of a file, and there is one. */
function isOurs(text: string): boolean {
  const report = new Report();
  const slices = readDocuments(Buffer.from(text), undefined, report);
  const sources = slices.flatMap(slice => readSource(slice, report) ?? []);
  return slices.length > 0 && sources.length === slices.length && sources.every(isGenerated) && !report.failed;
}

function addWriteError(path: string, error: unknown, report: Report): void {
  report.add('WO1107', { file: path }, { path, reason: reasonOf(error) });
}
