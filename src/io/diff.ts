import { paint } from '../diagnostics/paint.ts';
import type { Change } from './output.ts';

/** The changes as one unified diff, which `patch` and `git apply` take. */
export async function diffOf(changes: readonly Change[], colour: boolean): Promise<string> {
  if (changes.length === 0) return '';
  const { createTwoFilesPatch, FILE_HEADERS_ONLY } = await import('diff');
  const patches = changes.map(({ path, before, after }) =>
    createTwoFilesPatch(name(path, before), name(path, after), before ?? '', after ?? '', undefined, undefined, {
      headerOptions: FILE_HEADERS_ONLY,
    }),
  );
  const text = patches.join('');
  return colour ? text.split('\n').map(coloured).join('\n') : text;
}

const name = (path: string, text: string | undefined): string => (text === undefined ? '/dev/null' : path);

function coloured(line: string): string {
  if (/^(---|\+\+\+) /.test(line)) return paint('bold', line);
  if (line.startsWith('+')) return paint('green', line);
  if (line.startsWith('-')) return paint('red', line);
  return line.startsWith('@@') ? paint('cyan', line) : line;
}
