import { readFile, realpath, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Report, Where } from '../diagnostics/report.ts';
import { parser } from '../on-demand.ts';
import { valueAt } from '../value-at.ts';
import { isInside } from './repository.ts';

const names = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'] as const;
/** The fields that name files and other folders, or hold functions as text. */
const fields = ['resources', 'bases', 'components', 'transformers', 'generators', 'validators'] as const;
const isFunctions = (field: (typeof fields)[number]): boolean => fields.indexOf(field) >= 3;

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
  const [kustomization] = parser().parseValues(await readFile(path, 'utf8'));
  for (const field of fields) {
    const areFunctions = holdsFunctions || isFunctions(field);
    for (const [index, entry] of entriesOf(kustomization, field).entries()) {
      const where = { file, field: [field, index] };
      const text = entry.includes('\n') ? entry : await textAt(join(folder, entry), areFunctions, where, walk);
      if (areFunctions && parser().parseValues(text).some(runsWayout))
        walk.report.add('WO1409', where, { overlays: await overlaysOf(folder, kustomization) });
    }
  }
}

/** The text of a file; a folder is checked, and has none, nor has what is not there: kustomize fetches it, or says so. */
async function textAt(path: string, holdsFunctions: boolean, where: Where, walk: Walk): Promise<string> {
  const kind = await kindAt(path);
  if (kind === undefined || (await inside(path, where, walk)) === undefined) return '';
  if (kind === 'folder') await check(path, holdsFunctions, walk);
  return kind === 'file' && holdsFunctions ? await readFile(path, 'utf8') : '';
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
async function overlaysOf(folder: string, kustomization: unknown): Promise<readonly string[]> {
  const paths = [...entriesOf(kustomization, 'resources'), ...entriesOf(kustomization, 'bases')].map(entry =>
    join(folder, entry),
  );
  const kinds = await Promise.all(paths.map(kindAt));
  return paths.filter((_, index) => kinds[index] === 'folder');
}

function entriesOf(kustomization: unknown, field: string): readonly string[] {
  const value = valueAt(kustomization, [field]);
  return Array.isArray(value) ? value.filter(entry => typeof entry === 'string') : [];
}

/** Whether a functionConfig is ours, or says that wayout is to be run with it. */
function runsWayout(value: unknown): boolean {
  const annotations = valueAt(value, ['metadata', 'annotations']);
  const runner = ['config.kubernetes.io/function', 'config.k8s.io/function', 'config.kubernetes.io/container']
    .map(name => valueAt(annotations, [name]))
    .join('\n');
  return /\bwayout\b/.test(runner) || String(valueAt(value, ['apiVersion'])).startsWith('wayout.dev/');
}
