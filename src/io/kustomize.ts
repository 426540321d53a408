import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Report } from '../diagnostics/report.ts';
import type { Slice } from '../yaml/slice.ts';
import { readDocuments } from './documents.ts';
import type { Io } from './standard.ts';

/** More than Argo CD takes in one answer. */
const maximum = 128 * 2 ** 20;

/**
 * The objects that `kustomize build` makes of a folder, by the kustomize on PATH.
 *
 * Without the flags for functions, so that nothing of the repository is run; without a shell.
 */
export async function buildKustomization(folder: string, { env }: Io, report: Report): Promise<readonly Slice[]> {
  const words = `kustomize build ${folder}`;
  try {
    const { stdout } = await promisify(execFile)('kustomize', ['build', '--', folder], {
      encoding: 'buffer',
      env,
      maxBuffer: maximum,
    });
    return readDocuments(stdout, words, report);
  } catch (error) {
    if (!isFailure(error)) throw error;
    if (error.code === 'ENOENT') report.add('WO1407', { file: folder }, {});
    else report.add('WO1408', { file: folder }, { reason: reasonOf(error) });
    return [];
  }
}

/** What `execFile` throws: a code of the system or of Node, or an exit code. */
interface Failure extends Error {
  readonly code?: string | number | null;
  readonly signal?: string | null;
  readonly stderr?: Uint8Array;
}

const isFailure = (error: unknown): error is Failure => error instanceof Error && 'code' in error;

function reasonOf({ code, signal, stderr }: Failure): string {
  if (code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') return `it wrote more than ${maximum / 2 ** 20} MiB`;
  const words = Buffer.from(stderr ?? [])
    .toString('utf8')
    .trim()
    .replace(/^Error: /gm, '');
  return words === '' ? (signal ?? `exit code ${code}`) : words;
}
