import { existsSync } from 'node:fs';
import { readdir, realpath } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Report } from '../diagnostics/report.ts';
import { readDocuments } from '../io/documents.ts';
import { readManifests } from '../io/files.ts';
import { isManifestName, type Reach } from '../io/find.ts';
import { checkKustomizations, kustomizationOf } from '../io/kustomization.ts';
import { buildKustomization } from '../io/kustomize.ts';
import { isInside, repositoryOf } from '../io/repository.ts';
import { readResourceList } from '../io/resource-list.ts';
import type { Io } from '../io/standard.ts';
import { checked } from '../io/text.ts';
import { withoutLists } from '../opened-list.ts';
import type { Input } from '../render.ts';
import { isResourceList } from '../yaml/list.ts';
import { opened, type Slice } from '../yaml/slice.ts';

/** Reads what a command line names: folders, files, and `-` for standard input; none twice. */
export async function readInput(
  paths: readonly string[],
  except: string | undefined,
  io: Io,
  report: Report,
): Promise<Input> {
  const stream = paths.includes('-') ? readStream(io.stdin(), report) : undefined;
  const files = await readPaths(
    paths.filter(path => path !== '-'),
    { except },
    report,
  );
  return { ...stream, slices: [...(stream?.slices ?? []), ...files] };
}

/** Reads the file of `--config`: one object. */
export async function readConfig(file: string, report: Report): Promise<Slice | undefined> {
  const [slice, ...others] = withoutLists(await readPaths([file], {}, report), report);
  if (!report.failed && (slice === undefined || others.length > 0)) {
    report.add('WO1105', { file }, { count: slice === undefined ? 0 : others.length + 1 });
  }
  return slice;
}

/** Where a sidecar has the platform's configuration. */
const platformFolder = '/etc/wayout';

/** Reads the platform's configuration: a file, or every YAML file of a folder, in the order of their names; without one named, those of `/etc/wayout`. */
export async function readPlatform(given: string | undefined, report: Report): Promise<readonly Slice[]> {
  if (given === undefined && !existsSync(platformFolder)) return [];
  const path = given ?? platformFolder;
  const names = await readdir(path).catch(() => undefined);
  // No file is passed over: what it was to lock would be open.
  const files = names?.filter(name => isManifestName(name) && !name.startsWith('.')).sort() ?? [];
  const paths = names === undefined ? [path] : files.map(name => join(path, name));
  const slices = withoutLists(await readPaths(paths, {}, report), report);
  if (slices.length === 0 && !report.failed) report.add('WO1426', { file: path }, {});
  return slices;
}

async function readPaths(paths: readonly string[], reach: Reach, report: Report): Promise<Slice[]> {
  const files = await readManifests(paths, reach, report);
  return files.flatMap(({ file, bytes }) => readDocuments(bytes, file, report));
}

function readStream(bytes: Uint8Array, report: Report): Input {
  const text = checked(bytes, undefined, report);
  if (text === undefined) return { slices: [] };
  if (isResourceList(text)) {
    const list = readResourceList(bytes, report);
    return { ...list, slices: list?.slices.flatMap(opened) ?? [] };
  }
  const slices = readDocuments(text, undefined, report);
  if (slices.length === 0 && !report.failed) report.add('WO1110', undefined, {});
  return { slices };
}

/** The objects of a folder: what kustomize builds where there is a kustomization, else its manifests; nothing from outside the repository. */
export async function readFolder(folder: string, io: Io, report: Report): Promise<readonly Slice[]> {
  const root = await repositoryOf(folder, io.env.ARGOCD_APP_SOURCE_PATH).catch(() => undefined);
  // Reading says what is wrong with a path that leads nowhere.
  if (root === undefined) return readPaths([folder], {}, report);
  const target = await realpath(folder);
  if (!isInside(target, root)) {
    report.add('WO1410', { file: folder }, { path: relative(root, target) });
    return [];
  }
  if ((await kustomizationOf(folder)) === undefined) return readPaths([folder], { within: root }, report);
  await checkKustomizations(folder, root, report);
  return report.failed ? [] : buildKustomization(folder, io, report);
}
