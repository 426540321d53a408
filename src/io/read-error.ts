import type { Report } from '../diagnostics/report.ts';
import { codeOf, reasonOf } from './system-error.ts';

/** Adds what the operating system says against reading a file. */
export function addReadError(path: string, error: unknown, report: Report): void {
  const reason = reasonOf(error);
  if (codeOf(error) === 'ENOENT') report.add('WO1101', { file: path }, { path });
  else report.add('WO1103', { file: path }, { path, reason });
}
