import { isUtf8 } from 'node:buffer';
import { readFile, realpath, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Report } from '../diagnostics/report.ts';
import { groups } from '../groups.ts';
import { knownKinds } from '../recognition/known-kinds.ts';
import { recognize } from '../recognition/recognize.ts';
import type { Slice } from '../yaml/slice.ts';
import { mayMention } from '../yaml/source.ts';
import { splitDocuments } from '../yaml/split.ts';
import { type Found, find, type Reach } from './find.ts';
import { addReadError } from './read-error.ts';

/** A file that was read, under the name that the user knows it by. */
export interface ManifestFile {
  readonly file: string;
  readonly bytes: Uint8Array;
}

/** Reads the manifests at the paths, each once: files as they are, and what folders hold, in the order of its names. */
export async function readManifests(
  paths: readonly string[],
  { except, within }: Reach,
  report: Report,
): Promise<ManifestFile[]> {
  const skipped = except === undefined ? undefined : await realpath(except).catch(() => undefined);
  const seen = new Set<string>();
  const manifests: ManifestFile[] = [];
  for (const path of paths) {
    for (const { target, ...manifest } of await readPath(path, { except: skipped, within }, report)) {
      if (!seen.has(target)) manifests.push(manifest);
      seen.add(target);
    }
  }
  return manifests;
}

async function readPath(path: string, reach: Reach, report: Report): Promise<(ManifestFile & Found)[]> {
  try {
    if (!(await stat(path)).isDirectory()) {
      // A pipe that a shell gives a name, `<(…)`, has no other.
      const target = await realpath(path).catch(() => path);
      return await readAll([{ file: path, target }], report);
    }
    const files = await readAll(await find(path, reach, report), report);
    const manifests = files.filter(isManifest);
    if (manifests.length === 0 && !report.failed) report.add('WO1104', { file: path }, { path });
    return manifests;
  } catch (error) {
    addReadError(path, error, report);
    return [];
  }
}

async function readAll(files: readonly Found[], report: Report): Promise<(ManifestFile & Found)[]> {
  const read: (ManifestFile & Found)[] = [];
  for (const found of files) {
    try {
      read.push({ ...found, bytes: await readFile(found.file) });
    } catch (error) {
      addReadError(found.file, error, report);
    }
  }
  return read;
}

/**
 * Whether a file of a folder is meant for Kubernetes: Helm values, patches in JSON and the like are not.
 * One that names a group of wayout's inputs is, whatever it lacks, so that a broken input is reported and never lost.
 */
export function isManifest({ file, bytes }: ManifestFile): boolean {
  if (/^kustomization\.ya?ml$/.test(basename(file))) return false;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isUtf16 = text[0] === 0xfe || text[0] === 0xff;
  if (isUtf16 || groups.some(group => text.includes(group))) return true;
  if (text.includes('apiVersion') && text.includes('kind')) return true;
  // Both words may be written in another way, or misspelled: what it holds decides.
  const whole = { text: '', within: { bytes: text, start: 0, end: text.length } };
  if (!isUtf8(text) || !mayMention(whole, ['apiVersion', 'kind', ...knownKinds.keys()])) return false;
  return splitDocuments(text.toString('utf8'), new Report()).some(isObjectOrNearMiss);
}

function isObjectOrNearMiss(slice: Slice): boolean {
  const { verdict, types } = recognize(slice);
  return verdict !== 'foreign' || types.length > 0;
}
