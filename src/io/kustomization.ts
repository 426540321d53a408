import { readFile, realpath, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { Report, type Where } from '../diagnostics/report.ts';
import { leavesOf } from '../k8s/list.ts';
import { textIn } from '../k8s/text-in.ts';
import { isObject } from '../object.ts';
import { valueAt } from '../value-at.ts';
import { parse, readings } from '../yaml/source.ts';
import { readDocuments } from './documents.ts';
import { isInside } from './repository.ts';

const names = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'] as const;
/** The fields that name files and other folders, or hold functions as text. */
const fields = ['resources', 'bases', 'components', 'transformers', 'generators', 'validators'] as const;
const isFunctions = (field: (typeof fields)[number]): boolean => fields.indexOf(field) >= 3;
/** Every key of a kustomization: its reader does not mind upper and lower case. */
const keys: readonly string[] = [
  ...['apiVersion', 'kind', 'metadata', 'openapi', 'namePrefix', 'nameSuffix', 'namespace', 'commonLabels', 'labels'],
  ...[
    'commonAnnotations',
    'patchesStrategicMerge',
    'patchesJson6902',
    'patches',
    'images',
    'imageTags',
    'replacements',
  ],
  ...['replicas', 'vars', 'sortOptions', 'crds', 'configMapGenerator', 'secretGenerator', 'helmGlobals', 'helmCharts'],
  ...['helmChartInflationGenerator', 'generatorOptions', 'configurations', 'inventory', 'buildMetadata', ...fields],
];

/** The file by which kustomize knows a folder. */
export async function kustomizationOf(folder: string): Promise<string | undefined> {
  for (const name of names) if ((await kindAt(join(folder, name))) === 'file') return join(folder, name);
  return undefined;
}

/** What a walk through kustomizations may not leave, and where it has been. */
interface Walk {
  readonly root: string;
  readonly seen: Set<string>;
  readonly report: Report;
}

/**
 * Reports what a folder's kustomization, and every local one that it builds on, may not do: run wayout, or leave the repository.
 *
 * kustomize itself reads files only below the kustomization that names them, wherever links lead; folders it takes from anywhere.
 */
export const checkKustomizations = (folder: string, root: string, report: Report): Promise<void> =>
  check(folder, false, { root, seen: new Set(), report });

async function check(folder: string, holdsFunctions: boolean, walk: Walk): Promise<void> {
  const file = await kustomizationOf(folder);
  const path = file && (await inside(file, { file }, walk));
  if (file === undefined || path === undefined || walk.seen.has(path)) return;
  walk.seen.add(path);
  // What some reader takes it for, kustomize may.
  const kustomizations = valuesIn(await readFile(path), file, walk.report);
  reportKeys(kustomizations, file, walk.report);
  for (const field of fields) {
    const areFunctions = holdsFunctions || isFunctions(field);
    for (const [index, entry] of entriesOf(kustomizations, field).entries()) {
      const where = { file, field: [field, index] };
      const text = entry.includes('\n')
        ? Buffer.from(entry)
        : await bytesAt(join(folder, entry), areFunctions, where, walk);
      if (areFunctions && valuesIn(text, undefined, new Report()).flatMap(leavesOf).some(runsWayout))
        walk.report.add('WO1409', where, { overlays: await overlaysOf(folder, kustomizations) });
    }
  }
}

/** Every value that a reader may take the documents of a file for; what none can read is reported. */
function valuesIn(bytes: Uint8Array, file: string | undefined, report: Report): readonly unknown[] {
  return readDocuments(bytes, file, report).flatMap(document => {
    const { values, isPartial } = readings(document);
    if (isPartial) parse(document, report);
    return values;
  });
}

function reportKeys(kustomizations: readonly unknown[], file: string, report: Report): void {
  const written = new Set(kustomizations.flatMap(value => (isObject(value) ? Object.keys(value) : [])));
  for (const key of written) {
    const known = keys.includes(key) ? undefined : keys.find(each => each.toLowerCase() === key.toLowerCase());
    if (known !== undefined) report.add('WO1415', { file, field: [key] }, { key, known });
  }
}

/** The bytes of a file; a folder is checked, and has none, nor has what is not there: kustomize fetches it, or says so. */
async function bytesAt(path: string, holdsFunctions: boolean, where: Where, walk: Walk): Promise<Uint8Array> {
  const none = new Uint8Array();
  const kind = await kindAt(path);
  if (kind === undefined || (await inside(path, where, walk)) === undefined) return none;
  if (kind === 'folder') await check(path, holdsFunctions, walk);
  return kind === 'file' && holdsFunctions ? await readFile(path) : none;
}

/** The real path of what lies in the repository; undefined once it was reported. */
async function inside(path: string, where: Where, { root, report }: Walk): Promise<string | undefined> {
  const target = await realpath(path);
  if (isInside(target, root)) return target;
  report.add('WO1410', where, { path: relative(root, target) });
  return undefined;
}

async function kindAt(path: string): Promise<'file' | 'folder' | undefined> {
  const found = await stat(path).catch(() => undefined);
  return found?.isDirectory() ? 'folder' : found?.isFile() ? 'file' : undefined;
}

/** The folders that a kustomization builds on: what it would be without its functions. */
async function overlaysOf(folder: string, kustomizations: readonly unknown[]): Promise<readonly string[]> {
  const paths = (['resources', 'bases'] as const)
    .flatMap(field => entriesOf(kustomizations, field))
    .map(entry => join(folder, entry));
  const kinds = await Promise.all(paths.map(kindAt));
  return paths.filter((_, index) => kinds[index] === 'folder');
}

/** The texts in a field of a kustomization, each once. */
const entriesOf = (kustomizations: readonly unknown[], field: (typeof fields)[number]): readonly string[] => [
  ...new Set(
    kustomizations
      .map(value => valueAt(value, [field]))
      .flatMap(entries => (Array.isArray(entries) ? entries : []))
      .flatMap(entry => textIn(entry) ?? []),
  ),
];

/** Whether a functionConfig is wayout's, or says that wayout is to be run with it. */
function runsWayout(value: unknown): boolean {
  const annotations = valueAt(value, ['metadata', 'annotations']);
  const runners = ['config.kubernetes.io/function', 'config.k8s.io/function', 'config.kubernetes.io/container']
    .flatMap(name => textIn(valueAt(annotations, [name])) ?? [])
    .flatMap(text => valuesIn(Buffer.from(text), undefined, new Report()));
  return (
    runners.some(runner => textsIn(runner).some(text => /\bwayout\b/.test(text))) ||
    (textIn(valueAt(value, ['apiVersion'])) ?? '').startsWith('wayout.dev/')
  );
}

/** Every text in a value. */
const textsIn = (value: unknown): readonly string[] =>
  typeof value === 'object' && value !== null && !(value instanceof Uint8Array)
    ? Object.values(value).flatMap(textsIn)
    : [textIn(value) ?? ''];
