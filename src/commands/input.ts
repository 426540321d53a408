import type { Report } from '../diagnostics/report.ts';
import { readDocuments } from '../io/documents.ts';
import { readManifests } from '../io/files.ts';
import { readResourceList } from '../io/resource-list.ts';
import type { Io } from '../io/standard.ts';
import type { Input } from '../render.ts';
import type { Slice } from '../yaml/slice.ts';

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
    except,
    report,
  );
  return { ...stream, slices: [...(stream?.slices ?? []), ...files] };
}

/** Reads the file of `--config`: one object. */
export async function readConfig(file: string, report: Report): Promise<Slice | undefined> {
  const [slice, ...others] = await readPaths([file], undefined, report);
  if (!report.failed && (slice === undefined || others.length > 0)) {
    report.add('WO1105', { file }, { count: slice === undefined ? 0 : others.length + 1 });
  }
  return slice;
}

async function readPaths(paths: readonly string[], except: string | undefined, report: Report): Promise<Slice[]> {
  const files = await readManifests(paths, except, report);
  return files.flatMap(({ file, bytes }) => readDocuments(bytes, file, report));
}

function readStream(bytes: Uint8Array, report: Report): Input {
  if (isResourceList(bytes)) return readResourceList(bytes, report) ?? { slices: [] };
  const slices = readDocuments(bytes, undefined, report);
  if (slices.length === 0 && !report.failed) report.add('WO1110', undefined, {});
  return { slices };
}

/** Whether a stream is what a KRM host hands to a function; its `kind` stands at the top level. */
function isResourceList(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!text.includes('ResourceList')) return false;
  const json = /^\s*\{/.test(text.toString('latin1', 0, 64));
  return (json ? /"kind"\s*:\s*"ResourceList"/ : /^kind:\s*["']?ResourceList\b/m).test(text.toString('latin1'));
}
